"""Step 4 of an application: who applies, and whose certificate it is."""

import pytest

from tests.people import id_number
from tests.reporting import Holder
from webapp.domain.certification import applicants, drafting, filling

TOLD = {"nature": "person", "applicant": "林晓溪", "place": "33", "phone": "+44 20 7946 0000", "email": "Lin@Example.edu.cn"}
UNIT = {
    **TOLD,
    "nature": "unit",
    "unit_name": "青溪设计院",
    "applicant": "何苗",
    "holder_name": "吴䶮",
    "holder_kind": "1",
    "holder_document": id_number("19500101", 1),
    "holder_phone": "138 0000 0009",
}


@pytest.mark.req("CRT-21", "CRT-46")
def test_a_person_applies_for_herself_and_a_unit_names_the_holder(hers: Holder):
    application = drafting.begin(hers.account, hers.actor)

    def faults(typed: dict[str, str]) -> list[tuple[str, object]]:
        with pytest.raises(filling.Unread) as unread:
            applicants.tell(application, hers.actor, typed)
        return [(fault.code, fault.facts["field"]) for fault in unread.value.faults]

    assert [field for _, field in faults({})] == ["nature", "applicant", "place", "phone", "email"]
    assert faults(TOLD | {"applicant": "何苗"}) == [("applicant_self", "applicant")]
    assert faults(TOLD | {"phone": "12", "email": "x", "place": "99"}) == [
        ("place_missing", "place"),
        ("contact_phone", "phone"),
        ("email_format", "email"),
    ]
    empty = {name: "" for name in UNIT if name not in TOLD} | {"holder_kind": "1", "holder_country": "Z9Z"}
    assert [field for _, field in faults(UNIT | empty)] == [
        "unit_name",
        "holder_country",
        "holder_name",
        "holder_document",
        "holder_phone",
    ]
    assert faults(UNIT | {"holder_kind": "?"}) == [("document_kind", "holder_document")]
    told = applicants.tell(application, hers.actor, TOLD)
    assert (told.holder_name, told.email, told.identity_index) == ("林晓溪", "lin@example.edu.cn", hers.account.identity_index)
    told = applicants.tell(application, hers.actor, UNIT)
    assert (told.applicant, told.holder_name, told.holder_phone) == ("何苗", "吴䶮", "13800000009")
    assert told.identity_index not in ("", hers.account.identity_index)


@pytest.mark.req("CRT-46", "RPV-03")
def test_after_it_was_handed_in_nobody_else_becomes_its_holder(hers: Holder):
    """The check of who was asked to be there may be under way: it would prove the application for another name."""
    application = applicants.tell(drafting.begin(hers.account, hers.actor), hers.actor, UNIT)
    application.number = "2026112216000001"
    application.save()
    for other in (
        {"holder_name": "孙浩宇"},
        {"holder_document": id_number("19500101", 3)},
        {"nature": "person", "applicant": "林晓溪"},
    ):
        with pytest.raises(filling.Unread) as unread:
            applicants.tell(application, hers.actor, UNIT | other)
        assert [fault.code for fault in unread.value.faults] == ["holder_fixed"]
    assert applicants.tell(application, hers.actor, UNIT | {"email": "he@example.edu.cn"}).email == "he@example.edu.cn"
