"""Sending abroad: to whom, with which consent, what becomes of the link, and what ended in 2019."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from tests.people import School
from tests.reporting import Holder, holder
from tests.world import World
from webapp.domain import clock, sessions
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.domain.reports import issuing
from webapp.domain.transfers import catalogue, delivering, receivers, receiving, sending
from webapp.domain.transfers.sending import Wish
from webapp.models.accounts import Account
from webapp.models.journal import Job
from webapp.models.messages import Notice
from webapp.models.transfers import Institution, Transfer, TransferLook

HERE = "192.0.2.0/24"
MAIL = "intake@wes.org"


def send(hers: Holder, code: str = "wes", email: str = MAIL, reference: str = "1234567", agreed: bool = True) -> Transfer:
    report = hers.issue()
    wish = Wish(receivers.find(hers.account, code), email, reference, (report.key,))
    return sending.send(hers.account, hers.actor, wish, "我同意把下面的文件发给 WES", agreed, HERE)


def fresh(transfer: Transfer) -> Transfer:
    return Transfer.get_by_id(transfer.id)


def opened(world: World, transfer: Transfer) -> Transfer:
    """Sent, and the receiver has typed the mailed code."""
    world.work()
    receiving.ask_code(fresh(transfer))
    receiving.prove(fresh(transfer), receiving.digits(fresh(transfer)), HERE)
    return fresh(transfer)


@pytest.mark.req("INT-01")
def test_the_catalogue_names_country_mail_and_number_of_each_institution(hers: Holder) -> None:
    offered = {one.code: one for one in receivers.offered(hers.account)}
    assert len(offered) == len(catalogue.KNOWN) >= 12
    assert offered["wes"].country == "USA" and offered["wes"].domain == "wes.org"
    assert all(
        catalogue.fits(one.rule, catalogue.clean(catalogue.example(one.rule)))
        for one in offered.values()
        if catalogue.example(one.rule)
    )


@pytest.mark.req("INT-01")
@pytest.mark.parametrize("typed", ["intake@wes.org.example.cn", "intake@notwes.org", "no address", "a@wes.org\nbcc: b@x.cn"])
def test_an_institution_s_link_goes_to_its_own_mail_alone(hers: Holder, typed: str) -> None:
    with pytest.raises(Refused, match="receiver_domain|email_format"):
        receivers.address(receivers.find(hers.account, "wes"), typed)
    assert receivers.address(receivers.OTHER, "Office@Uni.Example.EDU ") == "office@uni.example.edu"


@pytest.mark.req("INT-02")
@pytest.mark.parametrize(
    ("typed", "code"), [("", "reference_missing"), ("12", "reference_format"), ("12345ABC", "reference_format")]
)
def test_a_missing_or_malformed_reference_number_is_refused(hers: Holder, typed: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        send(hers, reference=typed)
    assert Transfer.select().count() == 0
    assert receivers.number(receivers.find(hers.account, "lsac"), " l12345678") == "L12345678"


@pytest.mark.req("INT-03")
def test_without_consent_nothing_is_sent_and_with_it_the_words_are_kept(world: World, hers: Holder) -> None:
    with pytest.raises(Refused, match="transfer_consent"):
        send(hers, agreed=False)
    assert Transfer.select().count() == 0
    transfer = fresh(send(hers))
    assert (transfer.consent, transfer.version) == ("我同意把下面的文件发给 WES", sending.VERSION)
    assert (transfer.agreed, transfer.network) == (clock.now(), HERE)
    assert "我同意" not in str(transfer.__data__)


@pytest.mark.req("INT-03")
def test_only_what_is_one_s_own_and_valid_goes_out(school: School, hers: Holder) -> None:
    other = holder(school, "何苗", "13800000002")
    theirs, closed = other.issue(), hers.issue()
    issuing.close(closed, hers.actor)
    for key in (theirs.key, closed.key, "no such key"):
        with pytest.raises(Refused, match="document_gone"):
            sending.chosen(hers.account, [key])
    with pytest.raises(Refused, match="transfer_nothing"):
        sending.chosen(hers.account, [])


@pytest.mark.req("INT-04")
def test_the_link_is_mailed_once_and_only_its_hash_is_kept(world: World, hers: Holder) -> None:
    transfer = send(hers)
    world.work()
    token = sending.token(transfer)
    mails = [line for line in world.outbox() if f"/t/{token}" in line]
    assert len(mails) == 1 and mails[0].startswith(f"MAIL {MAIL}") and "1234567" in mails[0] and "林晓溪" not in mails[0]
    kept = fresh(transfer)
    assert kept.state == "sent" and token not in str(kept.__data__)
    assert kept.ends == clock.now() + timedelta(days=30)
    assert receiving.find(token) == kept and receiving.find(token[:-1] + "x") is None


@pytest.mark.req("INT-04")
def test_only_who_reads_the_mailbox_takes_documents_and_each_time_is_logged(world: World, hers: Holder) -> None:
    transfer = send(hers)
    world.work()
    receiving.ask_code(fresh(transfer))
    right = receiving.digits(fresh(transfer))
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for left in range(receiving.WRONG - 1, -1, -1):
        with pytest.raises(Refused, match="mailbox_code_wrong") as refused:
            receiving.prove(fresh(transfer), wrong, HERE)
        assert refused.value.facts["left"] == left
    with pytest.raises(Refused, match="mailbox_code_over"):
        receiving.prove(fresh(transfer), right, HERE)
    receiving.ask_code(fresh(transfer))
    with pytest.raises(Refused, match="mailbox_code_wrong"):
        receiving.prove(fresh(transfer), "验证码", HERE)
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in receiving.digits(fresh(transfer)))
    receiving.prove(fresh(transfer), wide, HERE)
    (item,) = sending.items(transfer)
    got = opened(world, transfer)
    with pytest.raises(Refused, match="mailbox_code_over"):
        receiving.prove(got, receiving.digits(got), HERE)
    for _time in range(2):
        assert receiving.take(fresh(transfer), item.key, HERE)[1].name
    assert fresh(transfer).state == "received"
    looks = [(look.item_id, look.network) for look in sending.looks(transfer)]
    assert looks == [(item.id, HERE), (item.id, HERE), (None, HERE), (None, HERE)]
    told = [one.template for one in Notice.select().order_by(Notice.id)]
    assert told[-2:] == ["transfer_sent", "transfer_received"]


@pytest.mark.req("INT-05")
def test_a_mail_that_fails_comes_three_times_again_and_then_asks_for_an_address(world: World, hers: Holder) -> None:
    transfer = send(hers)
    for pause in (*delivering.PAUSES, None):
        before = Job.select().count()
        moved = delivering.not_sent(fresh(transfer), "network", retry=True)
        if pause is None:
            assert moved.state == "failed"
        else:
            assert moved is None and Job.select().count() == before + 1
            assert Job.select().order_by(Job.id.desc()).first().due == clock.now() + pause
    assert (fresh(transfer).tries, fresh(transfer).fault) == (4, "network")
    before = sending.token(fresh(transfer))
    again = sending.again(fresh(transfer), hers.actor, "other@wes.org", "2026：发到 other@wes.org", True, HERE)
    assert (again.state, again.email, again.tries) == ("waiting", "other@wes.org", 0)
    assert again.consent.endswith("other@wes.org") and again.consent.startswith("我同意把下面的文件发给 WES")
    assert receiving.find(before) is None and receiving.find(sending.token(again)) == again


@pytest.mark.req("INT-05")
def test_an_address_that_takes_no_mail_fails_at_once(world: World, hers: Holder) -> None:
    transfer = send(hers)
    fault = Unavailable("receiver", retry=False)
    assert delivering.not_sent(fresh(transfer), fault.reason, fault.retry).state == "failed"
    with pytest.raises(Refused, match="transfer_consent"):
        sending.again(fresh(transfer), hers.actor, MAIL, "", False, HERE)


@pytest.mark.req("INT-05")
def test_a_withdrawn_link_is_dead_at_once_and_one_that_was_used_stays(world: World, school: School, hers: Holder) -> None:
    transfer = send(hers)
    got = opened(world, transfer)
    (item,) = sending.items(transfer)
    with pytest.raises(Refused, match="not_allowed"):
        sending.withdraw(fresh(transfer), holder(school, "何苗", "13800000002").actor)
    sending.withdraw(fresh(transfer), hers.actor)
    with pytest.raises(Refused, match="link_over"):
        receiving.take(got, item.key, HERE)
    assert receiving.standing(fresh(transfer)) == "withdrawn"
    used = send(hers, reference="7654321")
    got = opened(world, used)
    receiving.take(got, sending.items(used)[0].key, HERE)
    with pytest.raises(Refused, match="moved_on"):
        sending.withdraw(fresh(used), hers.actor)


def test_withdrawn_before_the_mail_left_nothing_is_mailed(world: World, hers: Holder) -> None:
    transfer = send(hers)
    sending.withdraw(fresh(transfer), hers.actor)
    world.work()
    assert not [line for line in world.outbox() if "/t/" in line]


@pytest.mark.req("INT-05")
def test_a_link_ends_after_its_days_and_goes_out_again(world: World, hers: Holder) -> None:
    transfer = send(hers)
    world.work()
    world.wait(days=30)
    assert delivering.expire() == 0
    world.wait(seconds=1)
    assert receiving.standing(fresh(transfer)) == "over"
    assert delivering.expire() == 1 and fresh(transfer).state == "expired"
    again = sending.again(fresh(transfer), hers.actor, MAIL, "再发一次", True, HERE)
    assert again.state == "waiting" and again.ends is None


@pytest.mark.req("INT-04")
def test_a_report_closed_since_or_in_doubt_is_not_handed_out(world: World, hers: Holder) -> None:
    got = opened(world, send(hers))
    (item,) = sending.items(got)
    Account.update(state="frozen").where(Account.id == hers.account.id).execute()
    assert not receiving.valid(fresh(got), item)
    Account.update(state="active").where(Account.id == hers.account.id).execute()
    issuing.close(item.report, hers.actor)
    with pytest.raises(Refused, match="document_over"):
        receiving.take(fresh(got), item.key, HERE)
    assert TransferLook.select().where(TransferLook.item == item).count() == 0


@pytest.mark.req("INT-10")
@pytest.mark.parametrize("service", ["vocational", "secondary", "summer", "paper"])
def test_what_ended_in_2019_is_refused_with_its_day(service: str) -> None:
    with pytest.raises(Refused, match="service_stopped") as refused:
        sending.offer(service)
    assert refused.value.facts["since"] == "2019-05-01"
    sending.offer("report")


@pytest.mark.req("INT-01")
def test_a_school_switches_off_and_adds_for_its_own_students_alone(world: World, school: School, hers: Holder) -> None:
    ni = sessions.staff_actor(school.staff("ni"))
    receivers.switch(ni, school.unit, "wes", False)
    added = receivers.add(ni, school.unit, "JPN", "东方大学", "Toho University", "admission@example.ac.jp", "A999")
    offered = {one.code: one for one in receivers.offered(hers.account)}
    assert "wes" not in offered and receivers.address(offered[added.key], "") == "admission@example.ac.jp"
    with pytest.raises(Refused, match="receiver_gone"):
        receivers.find(hers.account, "wes")
    with pytest.raises(Refused, match="not_allowed"):
        receivers.switch(ni, None, "ece", False)
    with pytest.raises(Refused, match="institution_rule"):
        receivers.add(ni, school.unit, "JPN", "东方大学", "Toho", "", "(a+)+$")
    receivers.switch(ni, school.unit, "wes", True)
    assert receivers.find(hers.account, "wes").domain == "wes.org"


def test_of_an_institution_the_site_says_one_thing(school: School) -> None:
    told = {"code": "wes", "country": "USA", "name": "WES", "english": "WES", "changed": clock.now()}
    Institution.create(unit=school.unit, **told)
    Institution.create(unit=None, **told)
    with pytest.raises(IntegrityError):
        Institution.create(unit=None, **told)
