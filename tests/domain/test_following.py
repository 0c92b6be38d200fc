"""Applications after they were handed in: calling one off while it is accepted, and whose they are when an account goes."""

import threading

import pytest

from tests.certifying import Office, begun, certified, filed, held, proved
from tests.people import School
from tests.reporting import Holder, holder
from webapp.domain.certification import deciding, filing, following
from webapp.domain.changes import closing
from webapp.domain.duplicates import cascade, cases, effect
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.certification import Application, ApplicationItem
from webapp.models.duplicates import Archive
from webapp.models.journal import Job
from webapp.models.messages import Notice


@pytest.mark.req("CRT-33")
def test_of_calling_off_and_accepting_at_the_same_instant_one_wins(hers: Holder, office: Office) -> None:
    item = held(filed(hers, office.agency), office)
    ready, lost = threading.Barrier(2), []

    def try_to(deed, *given) -> None:
        ready.wait()
        try:
            deed(*given)
        except Refused as refused:
            lost.append(refused.code)
        database.close()

    deeds = [(following.cancel, item.application, hers.actor), (deciding.accept, item, office.actor())]
    threads = [threading.Thread(target=try_to, args=deed) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = (Application.get().state, ApplicationItem.get().state)
    assert (states, lost) in (
        (("cancelled", "cancelled"), ["moved_on"]),
        (("filed", "accepted"), ["application_uncancellable"]),
    )


@pytest.mark.req("DUP-20")
def test_an_accounts_applications_go_to_its_heir_and_come_back(school: School, hers: Holder, office: Office) -> None:
    done, open_ = certified(hers, office).application, filed(hers, office.agency).application
    heir = holder(school, "何苗", "13800000002")
    assert cascade.under_way([hers.account]) == ["records", "applications"]
    assert cases.in_use(hers.account) and not cases.in_use(heir.account)
    archive = effect.archive(hers.account, "duplicate", SYSTEM, heir=heir.account)
    assert {one.account for one in Application.select()} == {heir.account}
    told = Notice.select().where(Notice.template == "certification_inherited")
    assert [(one.account, one.link) for one in told] == [(heir.account, f"/applications/{open_.key}")]
    assert following.find(heir.account, done.key) is not None
    cascade.take_back(Archive.get_by_id(archive.id))
    assert {one.account for one in Application.select()} == {hers.account}


@pytest.mark.req("ACC-50")
def test_without_an_heir_what_waits_is_cancelled_and_what_was_begun_is_finished(world, hers: Holder, office: Office) -> None:
    waiting = filing.settle(filing.confirm(proved(hers, office.agency, en=1), hers.actor))
    begun_item = deciding.accept(held(filed(hers, office.agency), office), office.actor())
    begun(hers, office.agency)
    assert closing.live(hers.account).applications == 2
    effect.archive(hers.account, "own_request", SYSTEM)
    assert Application.get_by_id(waiting.id).state == "cancelled"
    assert Job.select().where((Job.name == "payments.refund") & Job.args.contains(waiting.key)).count() == 1
    deciding.issue(held(begun_item, office), office.actor())
    world.work()
    assert ApplicationItem.get_by_id(begun_item.id).pdf == "ready"
    assert any(line.startswith("MAIL lin@example.edu.cn ") for line in world.outbox())
