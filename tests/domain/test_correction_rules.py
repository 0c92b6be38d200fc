"""What a correction asks for: evidence by the province's table, windows and freezes, the short path, and what is none."""

from datetime import date, timedelta

import pytest

from tests.correcting import Case, make_case, picture
from tests.people import id_number
from webapp.domain import clock, defaults
from webapp.domain.corrections import asking, deadlines, deciding, lifecycle
from webapp.domain.corrections.rules import Rules, next_open
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.corrections import Correction
from webapp.models.records import Record


@pytest.fixture
def case(world, school) -> Case:
    return make_case(world, school)


def refusal(verb, *args, **more) -> str:
    with pytest.raises(Refused) as refused:
        verb(*args, **more)
    return refused.value.code


def fresh(correction: Correction) -> Correction:
    return Correction.get_by_id(correction.id)


def province(**told: object) -> None:
    defaults.change("cor.provinces", {"33": told}, SYSTEM)


@pytest.mark.req("COR-03")
def test_every_paper_of_the_table_must_be_there_and_originals_seen(case):
    draft = case.draft(papers=False)
    assert lifecycle.missing(draft) == ["id_card", "household"]
    asking.attach(draft, "id_card", case.files.keep(picture(), "correction_file"))
    spoilt = case.files.keep(b"\xff\xd8\xffno picture at all", "correction_file")
    asking.attach(draft, "household", spoilt)
    case.world.work()
    with pytest.raises(Refused) as refused:
        asking.send(draft, case.student)
    assert (refused.value.code, refused.value.facts["kinds"]) == ("evidence_missing", ["household"])
    assert refusal(asking.takes, draft, "roster") == "evidence_kind"
    asking.attach(draft, "household", case.files.keep(picture(), "correction_file"))
    held = deciding.take(case.yes(asking.send(draft, case.student), "xinxi"), case.officer("ni"))
    assert refusal(deciding.agree, held, case.officer("ni")) == "originals_unseen"
    seen = deciding.saw_original(held, case.officer("ni"), "household", "行政楼 2002 室")
    assert (seen.seen_by.login, seen.seen_at, seen.seen_where) == ("ni", clock.now(), "行政楼 2002 室")
    assert deciding.agree(held, case.officer("ni")).state == "province"


@pytest.mark.req("COR-03", "COR-12")
def test_the_table_of_evidence_is_the_provinces(case):
    province(evidence={"name_typed": ["id_card"]}, originals=[])
    assert lifecycle.needs(case.draft()) == ("id_card",)
    for nonsense in (
        {"evidence": {"name_typed": ["moon"]}},
        {"windows": [[[13, 1], [13, 2]]]},
        {"moon": True},
        {"first_year": 3},
    ):
        assert refusal(province, **nonsense) == "setting_fits"


@pytest.mark.req("COR-12")
def test_freezes_and_windows_are_told_with_the_next_day(case):
    record = case.record

    def told(field: str = "name", code: str = "name_typed") -> tuple:
        try:
            asking.begin(case.account, case.student, record, field, code)
        except Refused as refused:
            return refused.code, refused.facts.get("next")
        return ()

    province(windows=[[[3, 1], [3, 31]], [[9, 1], [9, 30]]])
    assert told() == ("correction_window", "2027-03-01")
    assert told("name", "name_rare") == told("klass", "school_class") == ()
    province(first_year=True, windows=[[[3, 1], [3, 31]], [[9, 1], [9, 30]]])
    assert told("sex", "sex_typed") == ("correction_first_year", "2027-09-03")
    province(last_semester=True)
    record.expected_on = clock.today() + timedelta(days=100)
    assert told("sex", "sex_typed") == ("correction_last_semester", None)
    province(top_up_not=True)
    record.level = "top_up"
    assert told("sex", "sex_typed") == ("correction_top_up", None)


@pytest.mark.req("COR-12")
def test_name_and_number_do_not_go_together(case):
    case.sent()
    assert refusal(case.draft, "document", "number_typed", case.record.document) == "correction_together"
    province(not_together=False)
    assert refusal(case.draft, "document", "number_typed", case.record.document) == "correction_same"


@pytest.mark.req("COR-14")
def test_after_the_schools_last_day_nothing_is_taken(case, school):
    deadlines.state(case.officer("ni"), school.unit, clock.today() - timedelta(days=1), "逾期不再办理")
    with pytest.raises(Refused) as refused:
        case.draft()
    assert refused.value.code == "correction_late"
    assert refused.value.facts["consequence"] == "逾期不再办理"
    assert refusal(deadlines.state, case.officer("xinxi"), school.unit, None, "") == "not_allowed"


@pytest.mark.req("COR-09")
def test_a_rare_character_is_the_schools_alone_and_short(world, school):
    Record.update(name="王??", name_compare="王??").where(Record.id == school.record("王𬱖").id).execute()
    case = make_case(world, school, "吴䶮")
    Record.update(name="吴?").where(Record.id == case.record.id).execute()
    sent = case.sent("name", "name_rare", "吴䶮")
    assert (sent.state, lifecycle.decider(sent)) == ("school", "school")
    assert case.yes(sent, "ni").state == "done"
    assert Record.by_key(case.record.key).name == "吴䶮"


@pytest.mark.parametrize(
    ("before", "after", "rare"),
    [
        ("王??", "王𬱖", True),
        ("王?", "王𬱖", True),
        ("王龑", "王䶮", True),
        ("王严", "王燕", False),
        ("王?", "李𬱖", False),
        ("王?", "王𬱖兰", False),
    ],
)
@pytest.mark.req("COR-09")
def test_only_a_character_that_could_not_be_typed_takes_the_short_path(before, after, rare):
    assert lifecycle.rare_fix(before, after) is rare


@pytest.mark.req("COR-10")
def test_fifteen_and_eighteen_digits_are_no_correction(case):
    number = id_number("19870512", 22)
    case.record.document, case.record.birth_date = number[:6] + number[8:17], date(1987, 5, 12)
    case.record.save()
    assert refusal(case.draft, "document", "number_typed", number) == "correction_same_number"


@pytest.mark.req("COR-01")
def test_a_number_with_another_birthday_asks_for_its_own_ground_and_changes_both(case):
    number = id_number("20080513", 822)
    assert refusal(case.draft, "document", "number_typed", number) == "correction_birth"
    done = case.yes(case.yes(case.at_province("document", "number_birth", number), "zheng", "77号"), "qian")
    record = Record.by_key(case.record.key)
    assert (done.state, record.document, record.birth_date) == ("done", number, date(2008, 5, 13))


@pytest.mark.req("COR-12")
def test_the_next_window_is_found_across_the_year():
    rules = Rules(windows=(((3, 1), (3, 31)), ((12, 1), (12, 31))))
    found = [next_open(day, rules) for day in (date(2026, 2, 1), date(2026, 3, 9), date(2026, 4, 1), date(2026, 12, 31))]
    assert found == [date(2026, 3, 1), date(2026, 3, 9), date(2026, 12, 1), date(2026, 12, 31)]
