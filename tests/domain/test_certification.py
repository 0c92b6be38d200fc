"""An application for certification from 提交申请 to 待校对, and what it costs."""

import threading
from datetime import timedelta

import pytest

from tests.certifying import Office, begun, filed, proved
from tests.reporting import Holder
from webapp.domain import clock
from webapp.domain.certification import filing, prices
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.certification import Application, ApplicationItem, Price


@pytest.mark.req("CRT-26")
def test_an_application_gets_a_number_of_sixteen_digits_when_it_is_handed_in(hers: Holder, office: Office):
    application = filing.submit(begun(hers, office.agency), hers.actor)
    assert application.state == "proving"
    assert len(application.number) == 16
    assert application.number.startswith(f"{clock.shown(application.submitted):%Y%m%d%H%M%S}")


@pytest.mark.req("CRT-26")
def test_of_applications_handed_in_at_the_same_instant_each_has_its_own_number(hers: Holder, office: Office):
    waiting = [begun(hers, office.agency) for _ in range(6)]
    ready = threading.Barrier(len(waiting))

    def hand_in(application: Application) -> None:
        ready.wait()
        filing.submit(application, hers.actor)
        database.close()

    threads = [threading.Thread(target=hand_in, args=(one,)) for one in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = {one.number for one in Application.select().where(Application.state == "proving")}
    assert len(numbers) == len(waiting)


@pytest.mark.req("CRT-29", "PAY-02")
def test_a_free_application_is_with_the_agency_when_it_is_confirmed(hers: Holder, office: Office):
    item = filed(hers, office.agency)
    assert (item.state, item.agency) == ("proof", office.agency)
    assert item.application.paid == item.application.confirmed


@pytest.mark.req("CRT-29", "PAY-02")
def test_one_that_costs_something_waits_for_its_payment(hers: Holder, office: Office):
    application = filing.confirm(proved(hers, office.agency, en=2), hers.actor)
    assert (application.state, application.total) == ("paying", 30_000)
    assert application.pay_until == application.confirmed + timedelta(hours=24)
    assert ApplicationItem.get().state == "draft"
    assert filing.settle(application).state == "filed"
    assert ApplicationItem.get().state == "proof"


@pytest.mark.req("CRT-28")
def test_nothing_goes_back_after_the_holder_was_there(hers: Holder, office: Office):
    with pytest.raises(Refused, match="moved_on"):
        APPLICATION.move(proved(hers, office.agency), "back", hers.actor)


@pytest.mark.req("PAY-09", "PAY-10")
def test_an_application_keeps_the_price_of_its_day(hers: Holder, office: Office):
    application = filing.submit(begun(hers, office.agency, en=1), hers.actor)
    Price.create(kind="degree", language="en", fen=99, starts=clock.today(), set=clock.now())
    assert prices.of("study", "degree", "en") == 99
    assert prices.total(application) == application.total == 15_000


@pytest.mark.req("PAY-01", "PAY-09")
def test_the_closest_price_counts(hers: Holder, office: Office):
    day = clock.today()

    def at(fen: int, **more: object) -> None:
        Price.create(**{"kind": "grades", "language": "zh", "fen": fen, "starts": day, "set": clock.now()} | more)

    at(1, starts=day + timedelta(days=1))
    at(2, starts=day - timedelta(days=9), ends=day)
    assert prices.of("work", "grades", "zh", office.agency) == 15_000
    at(3)
    at(4, purpose="abroad")
    assert prices.of("work", "grades", "zh", office.agency) == 3
    at(5, purpose="work")
    at(6, agency=office.agency)
    assert prices.of("work", "grades", "zh") == 5
    assert prices.of("work", "grades", "zh", office.agency) == 6
    assert prices.of("work", "grades", "zh", day=day - timedelta(days=1)) == 2


@pytest.mark.req("PAY-11", "CRT-25")
def test_a_diploma_for_use_in_china_is_certified_for_nothing():
    assert prices.of("study", "degree", "zh") == 0
    assert prices.of("abroad", "degree", "zh") == prices.of("study", "degree", "en") == 15_000
