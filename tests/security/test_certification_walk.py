"""What a hostile walk through certification found, tried again at the same doors.

Not here: what is tried at every door alike (`test_matrix.py`, `test_doors.py`, `test_inputs.py`).
"""

import pytest

from tests.certifying import Office, certified, filed, held, proved
from tests.domain.test_applicants import UNIT
from tests.people import School, make_account
from tests.reporting import Holder
from tests.world import World
from webapp.domain import message_texts
from webapp.domain.certification import applicants, deciding, discredit, drafting, filling, inheriting
from webapp.domain.certification.filing import confirm
from webapp.domain.payments import by_hand, ordering, refunding
from webapp.domain.refused import Refused
from webapp.models.certification import Application
from webapp.models.payments import Payment

EVIDENCE = "证书编号和学校的底册不一致，照片是另一个人。"


def fresh(row):
    return type(row).get_by_id(row.id)


@pytest.mark.req("CRT-33", "CRT-40")
def test_nobody_slips_away_from_an_entry_that_waits_for_its_second_person(
    world: World, hers: Holder, office: Office, visitor
) -> None:
    item = filed(hers, office.agency)
    entry = discredit.propose(item, office.actor(), EVIDENCE)
    page = f"/applications/{item.application.key}"
    me = world.log_in(visitor(), hers.account).visit(page).post(f"{page}/cancel")
    assert (me.status, fresh(item).state) == (409, "proof")
    me.sees("当前状态不可取消")
    deciding.accept(held(item, office), office.actor())
    for end in (deciding.issue, lambda *who: deciding.ask(*who, ("unclear",))):
        with pytest.raises(Refused, match="discredit_proposed"):
            end(held(item, office), office.actor())
    discredit.confirm(entry, office.actor("lead"))
    assert fresh(item).state == "fraud"


@pytest.mark.req("CRT-40", "PAY-03")
def test_who_is_listed_pays_for_nothing_that_was_begun_before(world: World, hers: Holder, office: Office, visitor) -> None:
    waits, late = (confirm(proved(hers, office.agency, en=1), hers.actor) for _ in range(2))
    Application.update(state="lapsed").where(Application.id == late.id).execute()
    item = filed(hers, office.agency)
    discredit.confirm(discredit.propose(item, office.actor(), EVIDENCE), office.actor("lead"))
    for one in (waits, late):
        with pytest.raises(Refused, match="discredited"):
            ordering.begin(one, hers.actor, "wechat", False)
    assert (Payment.select().count(), fresh(late).state) == (0, "lapsed")


@pytest.mark.req("PAY-02", "PAY-06")
def test_nobody_counts_or_gives_back_the_own_money(hers: Holder, office: Office) -> None:
    paid, noted = (confirm(proved(hers, office.agency, en=1), hers.actor) for _ in range(2))
    first = by_hand.vouch(by_hand.mark(paid, office.actor(), "000123"), office.actor("lead"))
    second = by_hand.mark(noted, office.actor(), "000124")
    office.lead.name = hers.account.name
    office.lead.save()
    for deed in (by_hand.vouch, lambda *who: refunding.decide(first, who[1], first.fen, "退")):
        with pytest.raises(Refused, match="own_case"):
            deed(second, office.actor("lead"))
    assert (fresh(first).state, fresh(second).state) == ("paid", "waiting")


@pytest.mark.req("CRT-46")
def test_a_unit_does_not_answer_for_the_holder_on_a_phone_of_its_own(hers: Holder) -> None:
    application = drafting.begin(hers.account, hers.actor)
    typed = UNIT | {"phone": "138 0000 0044"}
    for own in ("13800000044", hers.account.phone):
        with pytest.raises(filling.Unread) as unread:
            applicants.tell(application, hers.actor, typed | {"holder_phone": own})
        assert [(one.code, one.facts["field"]) for one in unread.value.faults] == [("holder_phone_own", "holder_phone")]


@pytest.mark.req("CRT-38")
def test_nobody_certifies_a_certificate_of_which_they_are_the_holder_by_phone(hers: Holder, office: Office) -> None:
    item = filed(hers, office.agency)
    application = item.application
    application.holder_phone, application.phone = "13800008888", "13800000044"
    application.save()
    office.certifier.phone = "13800008888"
    office.certifier.save()
    with pytest.raises(Refused, match="own_case"):
        deciding.accept(held(item, office), office.actor())


@pytest.mark.req("MSG-15")
def test_a_text_says_nothing_that_the_engine_knows_by_itself_and_is_not_nested_without_end() -> None:
    deep = ("{{ " + "not " * 300 + "url }}", "{{ " + "(" * 3000 + "url", "{% if url %}" * 150 + "x" + "{% endif %}" * 150)
    for text in deep:
        with pytest.raises(Refused, match="message_text_code"):
            message_texts.check("mail", "certification_issued", f"题目\n{text}")
    for name in ("self", "cycler", "lipsum", "namespace"):
        with pytest.raises(Refused, match="message_text_fact"):
            message_texts.check("mail", "certification_issued", f"题目\n{{{{ {name} }}}}")


@pytest.mark.req("CRT-36", "DUP-28")
def test_a_report_that_is_drawn_anew_goes_no_more_to_who_had_used_the_name(
    world: World, school: School, hers: Holder, office: Office
) -> None:
    item = certified(hers, office)
    winner = make_account(school.record("何苗"), "13800000002")
    inheriting.hold(inheriting.hand_on(hers.account, winner), winner)
    world.work()
    application = fresh(item).application
    assert (application.account, application.phone, application.email, application.held) == (winner, winner.phone, None, None)
    assert not [line for line in world.outbox() if line.startswith("MAIL lin@example.edu.cn ")]
