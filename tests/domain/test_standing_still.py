"""Applications that stand still: told of beforehand, then ended, and nothing that says who they were about stays."""

from datetime import timedelta

import pytest

from tests.certifying import Office, begun, proved
from tests.domain.test_liveness import brought as bring_photo
from tests.domain.test_liveness import film
from tests.domain.test_retaining import brought
from tests.people import id_number
from tests.person import Person
from tests.reporting import Holder
from tests.security.test_canaries import _bytes
from tests.world import World
from webapp.domain import clock, defaults
from webapp.domain.certification import applying, drafting, filing, standing_still
from webapp.domain.liveness import asking, desk, handing
from webapp.domain.payments import by_hand, notices, ordering
from webapp.domain.permissions import SYSTEM
from webapp.domain.reasons import Picked
from webapp.jobs import applying as clocks
from webapp.jobs import certification, payments, retention
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.journal import Event
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.models.messages import Notice
from webapp.models.payments import Payment, Refund
from webapp.models.photos import Upload
from webapp.providers import shredding

HOLDER, UNIT, NUMBER, PHONE = "阚泽霈", "青溪霈林贸易公司", id_number("19780304", 733), "13800007777"
CERTIFICATE = "999991200005000733"
SAID = (HOLDER, UNIT, "霈霈大学", "霈霈专业")
"""What the database holds in clear of the holder whom a unit names; the rest is sealed."""


def for_a_unit(hers: Holder, office: Office, **copies: int) -> Application:
    application = begun(hers, office.agency, **copies)
    application.nature, application.unit_name, application.applicant = "unit", UNIT, UNIT
    application.holder_name, application.holder_document, application.holder_phone = HOLDER, NUMBER, PHONE
    application.identity_index, application.remark = "h" * 43, "霈霈"
    application.save()
    item = application.items[0]
    item.summary, item.certificate = f"{HOLDER}-霈霈大学-霈霈专业", CERTIFICATE
    item.save()
    return filing.submit(application, hers.actor)


def again(application: Application) -> Application:
    return Application.get_by_id(application.id)


def told(holder: Holder) -> list[str]:
    return [one.template for one in Notice.select().where(Notice.account == holder.account).order_by(Notice.id)]


def night(world: World, **wait: float) -> int:
    """Let so much time pass, then what the clock does: close, warn, forget, shred."""
    world.wait(**wait)
    outside = world.worker.outside
    payments.close_late(outside)
    clocks.warn_of_the_end(outside)
    gone = clocks.forget_drafts(outside)
    world.wait(seconds=1)
    retention.purge(outside)
    world.work()
    return gone


def assert_nothing_is_left(world: World, names: list[str]) -> None:
    assert names and not set(names) & set(world.worker.outside.storage.names())
    assert not Upload.select().where(Upload.name.is_null(False)).exists()
    for model in (PersonCheck, Shot, Handoff, Material):
        assert not model.select().exists()
    shredding.close_log()
    data = b"".join(_bytes(world.settings.data_dir))
    assert "青溪省学历认证中心".encode() in data
    assert [one for one in SAID if one.encode() in data] == []


@pytest.mark.req("CRT-45", "SYS-06")
def test_what_was_never_proved_ends_after_thirty_days_with_all_that_was_brought(
    world: World, hers: Holder, office: Office
) -> None:
    application = for_a_unit(hers, office)
    brought(world, application.items[0])
    check = asking.begin(application)
    handing.send(check, PHONE)
    film(world, check)
    names = [one.name for one in Upload.select()]
    assert len(names) == 5
    PersonCheck.update(state="open").execute()  # the try came to nothing, and its frames were not shredded yet
    assert night(world, days=26, hours=23) == 0 and told(hers) == []
    assert night(world, hours=2) == 0 and told(hers) == ["certification_ending"]
    assert any("以前没有办完就删除" in line for line in world.outbox() if line.startswith("SMS 138 0000 0001"))
    assert night(world, days=2, hours=22) == 0 and again(application).state == "proving"
    assert night(world, hours=2) == 1
    assert told(hers) == ["certification_ending", "certification_expired"]
    assert drafting.find(hers.account, application.key) is None and not ApplicationItem.select().exists()
    assert Event.select().where(Event.action == "application.forget").count() == 1
    assert_nothing_is_left(world, names)
    assert night(world, days=40) == 0


@pytest.mark.req("CRT-30", "CRT-45", "SYS-06")
def test_what_was_proved_and_never_confirmed_has_its_reminders_and_ends_with_the_photo(
    world: World, hers: Holder, office: Office
) -> None:
    check = bring_photo(world, asking.begin(for_a_unit(hers, office)))
    world.wait(days=28)
    desk.accept(desk.take(check, office.actor()), office.actor(), desk.SEEN)
    application = Application.get()
    names = [one.name for one in Upload.select().where(Upload.name.is_null(False))]
    assert (application.state, standing_still.until(application)) == ("proved", clock.now() + timedelta(days=30))
    for hours in (1, 23):
        world.wait(hours=hours)
        certification.remind_to_confirm(world.worker.outside)
    assert night(world, days=26, minutes=30) == 0
    assert told(hers) == ["person_passed", "certification_unconfirmed", "certification_unconfirmed", "certification_ending"]
    assert certification.remind_to_confirm(world.worker.outside) == 0
    assert night(world, days=3) == 1
    assert_nothing_is_left(world, names)


@pytest.mark.req("CRT-45")
def test_the_time_does_not_run_while_people_have_the_photo_and_begins_anew_with_their_answer(
    world: World, hers: Holder, office: Office
) -> None:
    application = filing.submit(begun(hers, office.agency), hers.actor)
    world.wait(days=29)
    check = bring_photo(world, asking.begin(application))
    assert night(world, days=20) == 0 and standing_still.until(again(application)) is None
    desk.refuse(desk.take(PersonCheck.get_by_id(check.id), office.actor()), office.actor(), Picked(("card_unclear",)))
    assert night(world, days=26) == 0 and told(hers) == ["person_refused"]
    assert night(world, days=2) == 0 and told(hers) == ["person_refused", "certification_ending"]
    applying.back(again(application), hers.actor)
    assert night(world, days=29) == 0, "whoever goes back to change the answers has a draft's whole time"
    filing.submit(again(application), hers.actor)
    assert night(world, days=28) == 0 and told(hers).count("certification_ending") == 2, "and is told anew"
    assert night(world, days=3) == 1


@pytest.mark.req("PAY-03", "SYS-06")
def test_what_was_never_paid_for_goes_whole_where_no_vendor_had_an_order(world: World, hers: Holder, office: Office) -> None:
    application = filing.prove(for_a_unit(hers, office, en=1), "photo")
    picture = brought(world, application.items[0])
    filing.confirm(application, hers.actor)
    assert night(world, days=2) == 0 and again(application).state == "lapsed"
    assert night(world, days=25) == 0 and night(world, days=1) == 0
    assert told(hers) == ["certification_lapsed", "certification_ending"]
    filing.again(again(application), hers.actor)
    assert night(world, days=30) == 0, "who opened it again has the whole time again"
    assert told(hers).count("certification_ending") == 2
    assert night(world, days=2) == 1 and not Application.select().exists()
    assert_nothing_is_left(world, [picture.name])


@pytest.mark.req("PAY-03", "PAY-04", "SYS-06")
def test_the_books_keep_an_order_without_its_people_and_late_money_goes_back(
    world: World, hers: Holder, office: Office, person
) -> None:
    application = filing.prove(for_a_unit(hers, office, en=2), "photo")
    picture = brought(world, application.items[0])
    application = filing.confirm(application, hers.actor)
    payment = ordering.begin(application, hers.actor, "wechat", phone=False)
    Payment.update(state="closed", closed=clock.now()).execute()
    assert night(world, days=2) == 0 and night(world, days=30) == 1
    left, item = again(application), ApplicationItem.get()
    assert (left.state, left.number, left.total, left.account_id) == ("expired", application.number, 30_000, hers.account.id)
    assert (left.holder_document, left.holder_phone, left.phone, left.email, left.remark) == (None,) * 5
    assert {left.holder_name, left.applicant, left.unit_name, left.place, left.identity_index} == {""}
    assert (item.details, item.certificate, item.certificate_index, item.summary, item.en) == (None, None, None, "", 2)
    assert_nothing_is_left(world, [picture.name])
    holder: Person = world.log_in(person(), hers.account).visit(f"/applications/{left.key}")
    holder.sees("已过期", "只留付款的记录", left.number)
    holder.visit(f"/applications/{left.key}/pay").sees("申请已过期")
    holder.visit("/applications").sees(left.number)
    assert world.log_in(person(), office.certifier).visit(f"/staff/payments/{left.key}").sees("已过期").status == 200
    assert not by_hand.may_mark(left)
    payment = Payment.get_by_id(payment.id)
    notices._paid(payment, "4200000001")
    assert Refund.get().reason == "double" and again(application).state == "expired"
    assert night(world, days=60) == 0


@pytest.mark.req("PAY-03")
def test_money_that_waits_for_a_second_person_keeps_the_application(world: World, hers: Holder, office: Office) -> None:
    application = filing.confirm(proved(hers, office.agency, en=1), hers.actor)
    payment = by_hand.mark(application, office.actor(), "收据 12")
    assert night(world, days=40) == 0 and again(application).state == "lapsed"
    by_hand.vouch(payment, office.actor("other"))
    assert again(application).state == "filed"


@pytest.mark.req("SYS-07")
def test_the_setting_says_how_long_and_half_of_a_short_time_is_the_notice(world: World, hers: Holder, office: Office) -> None:
    defaults.change("crt.draft_days", 2, SYSTEM)
    filing.submit(begun(hers, office.agency), hers.actor)
    assert night(world, hours=23) == 0 and told(hers) == []
    assert night(world, hours=2) == 0 and told(hers) == ["certification_ending"]
    assert night(world, hours=24) == 1


@pytest.mark.req("CRT-45", "SYS-06")
def test_a_draft_that_was_called_back_goes_with_the_photo_of_its_holder(world: World, hers: Holder, office: Office) -> None:
    application = for_a_unit(hers, office)
    check = bring_photo(world, asking.begin(application))
    desk.refuse(desk.take(check, office.actor()), office.actor(), Picked(("card_unclear",)))
    names = [one.name for one in Upload.select().where(Upload.name.is_null(False))]
    applying.back(again(application), hers.actor)
    assert night(world, days=31) == 1 and told(hers) == ["person_refused"]
    assert_nothing_is_left(world, names)
