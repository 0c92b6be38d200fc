"""Pictures of an application: which are needed, how many there may be, none twice, in their order; and handing in again."""

import hashlib
import json
import threading

import pytest

from tests.certifying import Office, begun, proved
from tests.correcting import picture
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, workdays
from webapp.domain.certification import drafting, filing, materials, required, steps
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.certification import Application, ApplicationItem, Material
from webapp.models.photos import Upload
from webapp.providers.files import Files


@pytest.fixture
def files(world: World) -> Files:
    return Files(world.worker.outside.storage)


def item_of(application: Application) -> ApplicationItem:
    return ApplicationItem.get(ApplicationItem.application == application)


def bring(files: Files, item: ApplicationItem, slot: str, data: bytes) -> Material:
    """As the page does: ask, store, attach."""
    digest = hashlib.sha256(data).hexdigest()
    same = materials.expect(item, slot, digest)
    return same or materials.attach(item, slot, digest, files.keep(data, materials.PURPOSE, expires=materials.waits_until()))


def brought(files: Files, item: ApplicationItem, slot: str, *names: str) -> list[Material]:
    return [bring(files, item, slot, b"\xff\xd8\xff" + name.encode()) for name in names]


def told(item: ApplicationItem, **details: str) -> ApplicationItem:
    item.details = json.dumps(json.loads(item.details) | details)
    item.save()
    return item


def codes(item: ApplicationItem) -> list[str]:
    return [slot.code for slot in required.slots(item)]


@pytest.mark.req("CRT-19")
def test_both_sides_of_the_document_and_one_page_of_the_certificate_are_needed(hers: Holder, office: Office, files: Files):
    application = begun(hers, office.agency)
    item = item_of(application)
    brought(files, item, "identity", "front")
    assert [(lack.slot.code, lack.there) for lack in materials.missing(application)] == [("certificate", 0), ("identity", 1)]
    brought(files, item, "identity", "back")
    brought(files, item, "certificate", "page")
    assert materials.missing(application) == []


@pytest.mark.req("CRT-18")
def test_the_third_of_two_is_refused_and_a_picture_comes_once(hers: Holder, office: Office, files: Files):
    item = item_of(begun(hers, office.agency))
    first, second, again = brought(files, item, "identity", "front", "back", "front")
    assert (again, second.place) == (first, 2)
    with pytest.raises(Refused, match="material_most") as refused:
        brought(files, item, "identity", "third")
    assert refused.value.facts == {"most": 2}
    with pytest.raises(Refused, match="material_there"):
        brought(files, item, "other", "front")
    with pytest.raises(Refused, match="material_slot"):
        brought(files, item, "transcript", "page")


@pytest.mark.req("CRT-18")
def test_eighty_other_papers_come_beside_the_certificate_and_none_twice(hers: Holder, office: Office, files: Files):
    item = item_of(begun(hers, office.agency))
    names = [f"page {n}" for n in range(required.OTHER.most)]
    brought(files, item, "certificate", "one", "two")
    brought(files, item, "other", *names, *names[:3])
    assert Material.select().count() == 82
    with pytest.raises(Refused, match="material_most"):
        brought(files, item, "other", "one more")


def test_the_same_picture_twice_at_once_is_one(hers: Holder, office: Office, files: Files):
    item, data = item_of(begun(hers, office.agency)), picture()
    digest = hashlib.sha256(data).hexdigest()
    uploads = [files.keep(data, materials.PURPOSE, expires=materials.waits_until()) for _ in range(4)]
    ready, found = threading.Barrier(len(uploads)), []

    def send(upload: Upload) -> None:
        ready.wait()
        found.append(materials.attach(item, "certificate", digest, upload).id)
        database.close()

    threads = [threading.Thread(target=send, args=(one,)) for one in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 == Material.select().count()
    assert Upload.select().where(Upload.expires <= clock.now()).count() == len(uploads) - 1


@pytest.mark.req("CRT-16")
def test_a_picture_keeps_its_draft_for_another_thirty_days(hers: Holder, office: Office, files: Files, world: World):
    application = begun(hers, office.agency)
    world.wait(days=29)
    brought(files, item_of(application), "certificate", "page")
    world.wait(days=2)
    drafting.sweep()
    assert Application.get_by_id(application.id).updated == Material.get().added


def test_pictures_are_put_in_order_taken_away_and_let_go_with_their_draft(hers: Holder, office: Office, files: Files):
    application = begun(hers, office.agency)
    item = item_of(application)
    one, two, three = brought(files, item, "other", "1", "2", "3")
    materials.shift(item, three, -1)
    materials.shift(item, one, -1)
    assert materials.of(item) == [one, three, two]
    materials.detach(item, one)
    assert materials.of(item) == [three, two]
    assert Upload.get_by_id(one.upload_id).expires == clock.now()
    assert Upload.get_by_id(two.upload_id).expires is None
    materials.forget(application)
    assert Material.select().count() == 0
    assert Upload.get_by_id(two.upload_id).expires == clock.now()


def test_a_picture_is_turned_by_a_job_and_only_as_far_as_it_was_asked(hers: Holder, office: Office, files: Files, world: World):
    item = item_of(begun(hers, office.agency))
    photo = bring(files, item, "certificate", picture())
    world.work()
    materials.turn(item, photo)
    materials.turn(item, photo)
    materials.turn(item, photo)
    assert materials.quarters(Material.by_key(photo.key)) == 3
    world.work()
    after = Material.by_key(photo.key)
    assert (after.turned, materials.quarters(after), after.upload.state) == (3, 0, "clean")
    assert after.upload_id != photo.upload_id
    assert Upload.get_by_id(photo.upload_id).expires is not None
    assert world.worker.outside.images.clean(files.read(after.upload), long_side=2000).height == 400


def test_a_picture_that_cannot_be_turned_stays_as_it_is(hers: Holder, office: Office, files: Files, world: World):
    item = item_of(begun(hers, office.agency))
    photo = bring(files, item, "certificate", picture())
    materials.turn(item, photo)
    assert materials.quarters(Material.by_key(photo.key)) == 0
    world.work()
    photo = Material.by_key(photo.key)
    materials.turn(item, photo)
    files.vault.shred(photo.upload.name)
    world.work()
    assert materials.quarters(Material.by_key(photo.key)) == 0


@pytest.mark.req("CRT-28")
def test_nothing_is_brought_or_taken_away_after_it_was_handed_in(hers: Holder, office: Office, files: Files):
    application = begun(hers, office.agency)
    item = item_of(application)
    (photo,) = brought(files, item, "certificate", "page")
    filing.submit(application, hers.actor)
    item = item_of(Application.get_by_id(application.id))
    with pytest.raises(Refused, match="material_waits"):
        brought(files, item, "other", "late")
    with pytest.raises(Refused, match="material_waits"):
        materials.detach(item, photo)
    filing.prove(Application.get_by_id(application.id), "photo")
    item = item_of(Application.get_by_id(application.id))
    with pytest.raises(Refused, match="material_locked"):
        brought(files, item, "other", "late")


@pytest.mark.req("CRT-43")
def test_older_certificates_and_other_ways_of_study_need_more_papers(hers: Holder, office: Office):
    item = item_of(begun(hers, office.agency))
    assert codes(item) == ["certificate", "identity", "other"]
    assert codes(told(item, graduated="1990-07-01")) == ["certificate", "identity", "entry", "graduate", "other"]
    assert codes(told(item, graduated="1991-07-01")) == ["certificate", "identity", "other"]
    assert codes(told(item, category="self_taught")) == ["certificate", "identity", "graduate", "other"]
    assert codes(told(item, province="53")) == ["certificate", "identity", "other"]
    assert codes(told(item, school="青溪广播电视大学")) == ["certificate", "identity", "graduate", "other"]
    materials.differ(item, "wrong")
    item = item_of(item.application)
    assert codes(item) == ["certificate", "identity", "graduate", "statement", "other"]
    assert {lack.slot.code for lack in materials.missing(item.application)} >= {"graduate", "statement"}
    materials.differ(item, "renamed")
    assert "household" in codes(item_of(item.application))
    with pytest.raises(Refused, match="material_differs"):
        materials.differ(item, "elsewhere")
    assert codes(item_of(begun(hers, office.agency, kind="grades"))) == ["transcript", "identity", "other"]


@pytest.mark.req("CRT-32")
def test_what_was_asked_for_goes_back_to_the_agency_with_something_new(hers: Holder, office: Office, files: Files):
    application = begun(hers, office.agency)
    item = item_of(application)
    first = brought(files, item, "certificate", "a", "b") + brought(files, item, "identity", "front", "back")
    filing.confirm(filing.prove(filing.submit(application, hers.actor), "photo"), hers.actor)
    item = item_of(Application.get_by_id(application.id))
    ApplicationItem.update(state="supplement").where(ApplicationItem.id == item.id).execute()
    item = item_of(application)
    with pytest.raises(Refused, match="material_nothing_new"):
        materials.send_again(item, hers.actor)
    with pytest.raises(Refused, match="material_locked"):
        materials.detach(item, first[0])
    (better,) = brought(files, item, "certificate", "clearer")
    assert better.round == 2
    assert all(not materials.loose(item, one) for one in first)
    again = materials.send_again(item, hers.actor)
    assert (again.state, again.round, again.due) == ("proof", 2, workdays.due(clock.now(), filing.PROOF_WORKDAYS))
    assert steps.of(again)[-1].move == "again"
    with pytest.raises(Refused, match="moved_on"):
        materials.send_again(again, hers.actor)


def test_an_application_that_was_proved_takes_nothing(hers: Holder, office: Office, files: Files):
    with pytest.raises(Refused, match="material_locked"):
        brought(files, item_of(proved(hers, office.agency)), "certificate", "page")
