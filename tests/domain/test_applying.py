"""An application as it is written: what each step takes, and that handing it in asks everything again."""

import json
import threading

import pytest

from tests.certifying import Office, begun, proved
from tests.people import School
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import clock
from webapp.domain.certification import applicants, applying, choosing, drafting, filing, filling, forms, guards
from webapp.domain.certification.catalogue import PURPOSES
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.base import database
from webapp.models.certification import Agency, Application, ApplicationItem, Material, Price
from webapp.models.photos import Upload
from webapp.models.records import Record

STUDY = ("study", "top_up")
DIPLOMA = {
    "number": "999991200005000001",
    "school": "云溪职业技术学院",
    "province": "33",
    "category": "regular",
    "level": "bachelor",
    "entered": "1996-09-01",
    "graduated": "2000-07-01",
    "major": "计算机应用技术",
    "conclusion": "graduated",
}
ME = {"nature": "person", "applicant": "林晓溪", "place": "33", "phone": "13800000001", "email": "lin@example.edu.cn"}
FORMS = {
    "grades": {**DIPLOMA, "student_number": "9612001"},
    "gaokao": {"year": "1996", "province": "33", "exam_number": "96330105000001"},
    "huikao": {"province": "33", "school": "云溪中学", "number": "H-96-0001", "graduated": "1996"},
    "secondary": {
        "school_kind": "general",
        "school": "云溪中学",
        "province": "33",
        "graduated": "1996年7月",
        "number": "96-01",
    },
}


def codes(kind: str, typed: dict[str, str]) -> list[tuple[str, object]]:
    return [(fault.code, fault.facts["field"]) for fault in forms.read(kind, typed)[1]]


def refuses(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


def brought(item: ApplicationItem) -> None:
    """The pictures that a diploma needs."""
    for n, slot in enumerate(("certificate", "identity", "identity")):
        upload = Upload.create(purpose="material", state="clean", mime="image/jpeg", created=clock.now())
        Material.create(item=item, slot=slot, place=n, upload=upload, added=clock.now(), digest=str(n) * 64)


def whole(hers: Holder, office: Office) -> Application:
    """Written by the verbs, with everything that 提交申请 asks."""
    application = drafting.begin(hers.account, hers.actor)
    choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 1}})
    Application.update(version=choosing.VERSION, agreed=clock.now()).execute()
    brought(filling.write(application, hers.actor, "degree", DIPLOMA, None))
    return applicants.tell(application, hers.actor, ME)


@pytest.mark.req("CRT-11", "CRT-14")
def test_every_gap_in_the_form_of_a_diploma_is_named():
    asked = [one.name for one in forms.FORMS["degree"] if not one.optional]
    assert codes("degree", {}) == [("entry_missing", name) for name in asked]
    assert codes("degree", DIPLOMA) == []
    assert codes("degree", DIPLOMA | {"graduated": "1996-08-31"}) == [("graduation_date", "graduated")]
    assert codes("degree", DIPLOMA | {"graduated": "2099-07-01"})[0] == ("graduation_date", "graduated")
    assert codes("degree", DIPLOMA | {"level": "nobody", "entered": "tomorrow", "major": "x" * 61}) == [
        ("entry_unknown", "level"),
        ("date_format", "entered"),
        ("entry_long", "major"),
    ]
    new = DIPLOMA | {"entered": "2018-09-01", "graduated": "2022-07-01", "number": "999991202105000001"}
    assert codes("degree", new) == [("certificate_year", "number")]


@pytest.mark.req("CRT-07", "CRT-47")
def test_each_kind_asks_what_its_paper_says_and_closed_ones_are_refused(hers: Holder):
    for kind, answers in FORMS.items():
        told, faults = forms.read(kind, answers)
        assert not faults, kind
        assert forms.summary(kind, "林晓溪", told).startswith("林晓溪-")
        assert [code for code, _ in codes(kind, {})] == ["entry_missing"] * len(forms.FORMS[kind])
    for school in ("technical", "vocational", "skilled"):
        assert codes("secondary", FORMS["secondary"] | {"school_kind": school}) == [("kind_closed", "school_kind")]
    application = drafting.begin(hers.account, hers.actor)
    with refuses("kind_closed"):
        choosing.choose(application, hers.actor, STUDY, "", {"school_grades": {"zh": 1}})


@pytest.mark.req("CRT-05", "CRT-24")
def test_what_is_applied_for_is_chosen_whole_and_counted(hers: Holder):
    application = drafting.begin(hers.account, hers.actor)
    for aim, country, copies, code in (
        (("", ""), "", {"degree": {"zh": 1}}, "purpose_missing"),
        (("abroad", ""), "", {"degree": {"zh": 1}}, "purpose_missing"),
        (("abroad", "elsewhere"), "", {"degree": {"zh": 1}}, "country_missing"),
        (STUDY, "", {}, "items_missing"),
        (STUDY, "", {"degree": {"zh": 0}}, "copies_format"),
        (STUDY, "", {"degree": {"fr": 1}}, "copies_format"),
        (STUDY, "", {"degree": {"zh": 15, "en": 15}, "grades": {"zh": 1}}, "copies_many"),
    ):
        with refuses(code):
            choosing.choose(application, hers.actor, aim, country, copies)
    assert len(choosing.aims()) == len(PURPOSES) + 2  # 专升本, and two instead of 出国留学
    choosing.choose(application, hers.actor, ("abroad", "wes"), "", {"degree": {"zh": 15, "en": 15}})
    assert Application.get().country == "USA"
    first = filling.write(application, hers.actor, "degree", DIPLOMA, None)
    with refuses("copies_many"):
        filling.write(application, hers.actor, "degree", DIPLOMA | {"number": "999991200005000002"}, None)
    choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 1}, "grades": {"en": 2}})
    assert [(one.kind, one.zh, one.en) for one in ApplicationItem.select().order_by(ApplicationItem.place)] == [
        ("degree", 1, 0),
        ("grades", 0, 2),
    ]
    brought(first)
    choosing.choose(application, hers.actor, STUDY, "", {"grades": {"en": 2}})
    assert not Material.select().exists()


@pytest.mark.req("CRT-08", "CRT-09")
def test_the_notice_is_read_for_its_time_whatever_mark_comes_back(world: World, hers: Holder):
    application = drafting.begin(hers.account, hers.actor)
    mark = choosing.shown(application)
    for forged in ("", "0.", f"0.{mark.partition('.')[2]}", "²." + mark[-5:], mark):
        with refuses("notice_too_soon"):
            choosing.agree(application, hers.actor, forged)
    world.wait(seconds=19)
    with refuses("notice_too_soon"):
        choosing.agree(application, hers.actor, mark)
    world.wait(seconds=1)
    choosing.agree(application, hers.actor, mark)
    assert (Application.get().version, Application.get().agreed) == (choosing.VERSION, clock.now())


@pytest.mark.req("CRT-15")
def test_a_certificate_that_needs_no_application_stops_before_anything_else_is_asked(
    world: World, school: School, hers: Holder, office: Office
):
    proved(hers, office.agency)
    application = drafting.begin(hers.account, hers.actor)
    choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 1}})
    with refuses("applied_already"):
        filling.write(application, hers.actor, "degree", {"number": " 99999120000500000１"}, None)
    another = holder(school, "何苗", "13800000002")
    theirs = drafting.begin(another.account, another.actor)
    choosing.choose(theirs, another.actor, STUDY, "", {"degree": {"zh": 1}})
    filling.write(theirs, another.actor, "degree", DIPLOMA, None)  # nobody keeps others from applying by typing their number
    diploma = Record.get_by_id(hers.record.id)
    diploma.kind, diploma.certificate = "qualification", "999991200205000001"
    diploma.save()
    guards.check(application, diploma.certificate)
    diploma.published = clock.now()
    diploma.save()
    with refuses("registered_online"):
        filling.write(application, hers.actor, "degree", {"number": "999991200205000001"}, None)


@pytest.mark.req("CRT-10", "CRT-26")
def test_after_it_was_handed_in_items_are_neither_added_nor_deleted(hers: Holder, office: Office):
    application = applying.back(applying.send(whole(hers, office), hers.actor, office.agency.key, ""), hers.actor)
    (item,) = application.items
    for refused in (
        lambda: choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 2}}),
        lambda: choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 1}, "grades": {"zh": 1}}),
        lambda: filling.write(application, hers.actor, "degree", DIPLOMA | {"number": "999991200005000002"}, None),
        lambda: filling.take_out(application, hers.actor, item),
        lambda: drafting.give_up(application, hers.actor),
    ):
        with refuses("application_locked"):
            refused()
    number = application.number
    filling.write(application, hers.actor, "degree", DIPLOMA | {"major": "软件技术"}, item)
    choosing.choose(application, hers.actor, ("work", ""), "", {"degree": {"zh": 1}})
    again = applying.send(application, hers.actor, office.agency.key, "")
    assert (again.number, again.purpose, json.loads(again.items[0].details)["major"]) == (number, "work", "软件技术")


@pytest.mark.req("CRT-28")
def test_after_the_holder_was_there_every_verb_refuses(hers: Holder, office: Office):
    application = proved(hers, office.agency)
    (item,) = application.items
    for verb in (
        lambda: choosing.choose(application, hers.actor, STUDY, "", {"degree": {"zh": 1}}),
        lambda: choosing.agree(application, hers.actor, ""),
        lambda: filling.write(application, hers.actor, "degree", DIPLOMA, item),
        lambda: filling.take_out(application, hers.actor, item),
        lambda: applicants.tell(application, hers.actor, ME),
        lambda: applying.send(application, hers.actor, office.agency.key, ""),
        lambda: applying.back(application, hers.actor),
        lambda: drafting.give_up(application, hers.actor),
    ):
        with refuses("application_proved"):
            verb()
    assert applying.confirm(application, hers.actor).state == "filed"


@pytest.mark.req("CRT-22", "CRT-23", "CRT-43")
def test_handing_in_asks_everything_again(world: World, hers: Holder, office: Office):
    application = whole(hers, office)

    def fails(code: str, agency: str = office.agency.key, remark: str = "") -> None:
        with refuses(code):
            applying.send(Application.get_by_id(application.id), hers.actor, agency, remark)

    fails("agency_missing", "")
    fails("remark_wide", remark="备" * 51)
    fails("remark_wide", remark="a" * 101)
    Agency.update(active=False).execute()
    fails("agency_missing")
    Agency.update(active=True, provinces='["42"]').execute()
    fails("agency_missing")
    Agency.update(provinces='["33"]').execute()
    Material.update(slot="other").where(Material.slot == "certificate").execute()
    fails("materials_missing")
    Material.update(slot="certificate").where(Material.slot == "other").execute()
    ApplicationItem.update(zh=31).execute()
    fails("copies_many")
    ApplicationItem.update(zh=1).execute()
    Application.update(version="2019-05").execute()
    fails("notice_missing")
    Application.update(version=choosing.VERSION, nature="").execute()
    fails("contact_missing")
    Application.update(nature="person").execute()
    Price.create(kind="degree", language="zh", fen=700, starts=clock.today(), set=clock.now())
    sent = applying.send(Application.get_by_id(application.id), hers.actor, office.agency.key, "备" * 50)
    assert (sent.state, sent.total, sent.remark) == ("proving", 700, "备" * 50)


@pytest.mark.req("CRT-46", "CRT-40")
def test_who_changed_identity_since_is_asked_again(hers: Holder, office: Office):
    application = whole(hers, office)
    Account.update(identity_index="another").where(Account.id == hers.account.id).execute()
    with refuses("contact_missing"):
        applying.send(Application.get_by_id(application.id), hers.actor, office.agency.key, "")


@pytest.mark.req("CRT-45")
def test_a_draft_waits_for_thirty_days_and_goes_with_its_pictures(world: World, hers: Holder, office: Office):
    kept, old = begun(hers, office.agency), whole(hers, office)
    handed_in = filing.submit(begun(hers, office.agency), hers.actor)
    world.wait(days=29)
    drafting.keep(Application.get_by_id(kept.id))
    assert drafting.sweep() == 0
    world.wait(days=1, seconds=1)
    assert drafting.sweep() == 1
    assert [one.id for one in Application.select().order_by(Application.id)] == [kept.id, handed_in.id]
    assert drafting.find(hers.account, old.key) is None
    assert not Material.select().exists()
    assert Upload.select().where(Upload.expires <= clock.now()).count() == 3


@pytest.mark.req("CRT-45")
def test_two_taps_begin_one_application_and_too_many_are_refused(hers: Holder):
    first = drafting.begin(hers.account, hers.actor)
    assert drafting.begin(hers.account, hers.actor).id == first.id
    Application.update(purpose="work").execute()
    for _ in range(drafting.MOST - 1):
        drafting.begin(hers.account, hers.actor)
        Application.update(purpose="work").execute()
    with refuses("applications_many"):
        drafting.begin(hers.account, hers.actor)
    with refuses("not_allowed"):
        drafting.begin(hers.account, student(hers.account.key, "frozen"))


@pytest.mark.req("CRT-15", "CRT-26")
def test_of_two_applications_with_one_certificate_handed_in_at_once_one_goes_through(hers: Holder, office: Office):
    waiting = [whole(hers, office), whole(hers, office)]
    ready, said = threading.Barrier(2), []

    def hand_in(application: Application) -> None:
        ready.wait()
        try:
            said.append(applying.send(application, hers.actor, office.agency.key, "").state)
        except Refused as refused:
            said.append(refused.code)
        database.close()

    threads = [threading.Thread(target=hand_in, args=(one,)) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["applied_already", "proving"]
