"""Pictures of certified items: kept while somebody works on them, and then for the days that the site set."""

from datetime import timedelta

import pytest

from tests.certifying import Office, filed, held, refused
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, evidence
from webapp.domain.certification import checking, deciding, discredit, materials, reconsidering
from webapp.jobs import retention
from webapp.models.certification import ApplicationItem, Material
from webapp.models.photos import Upload
from webapp.providers.files import Files

YEAR = timedelta(days=365)


def brought(world: World, item: ApplicationItem, slot: str = "certificate") -> Upload:
    """A picture of the item, as it lies in the store."""
    kept = Files(world.worker.outside.storage).keep(b"\xff\xd8\xff", materials.PURPOSE, state="clean", media="image/jpeg")
    Material.create(item=item, slot=slot, place=1, upload=kept, round=item.round, added=clock.now(), digest=kept.key)
    return kept


def ends(upload: Upload) -> object:
    return Upload.get_by_id(upload.id).expires


@pytest.mark.req("SYS-06")
def test_pictures_go_a_year_after_the_report_with_the_replies_of_schools(world: World, hers: Holder, office: Office):
    item = deciding.accept(held(filed(hers, office.agency), office), office.actor())
    picture = brought(world, item)
    letter = checking.write(item, office.actor(), "有没有", "北岭工学院", "北岭市学院路 3 号")
    reply = Files(world.worker.outside.storage).keep(b"\xff\xd8\xff", "checking_reply", expires=materials.waits_until())
    checking.file(letter, office.actor(), "same", upload=reply)
    assert (ends(picture), ends(reply)) == (None, None)
    deciding.issue(held(item, office), office.actor())
    assert ends(picture) == ends(reply) == clock.now() + YEAR
    world.wait(days=364)
    retention.purge(world.worker.outside)
    assert Upload.get_by_id(picture.id).state == "clean"
    world.wait(days=2)
    retention.purge(world.worker.outside)
    assert [Upload.get_by_id(one.id).name for one in (picture, reply)] == [None, None]
    assert not evidence.over("unnamed", clock.now()).exists()


@pytest.mark.req("SYS-06")
def test_what_is_reconsidered_has_no_end_until_it_is_decided_again(world: World, hers: Holder, office: Office):
    item = refused(hers, office)
    digest, files = "d" * 64, Files(world.worker.outside.storage)
    late = files.keep(b"\xff\xd8\xff", materials.PURPOSE, expires=materials.waits_until())
    materials.attach(item, reconsidering.SLOT, digest, late)
    assert ends(late) == clock.now() + YEAR  # it may never be handed in
    reconsidering.ask(item, hers.actor, "学校补发过这份证书，这里是补发的通知。")
    assert ends(late) is None
    deciding.uphold(held(item, office, "other"), office.actor("other"), "补发的通知也查不到")
    assert ends(late) == clock.now() + YEAR


@pytest.mark.req("SYS-06", "CRT-41")
def test_the_evidence_of_an_entry_outlives_the_entry(world: World, hers: Holder, office: Office):
    item = filed(hers, office.agency)
    picture = brought(world, item)
    entry = discredit.confirm(discredit.propose(item, office.actor(), "照片是另一个人，编号也不对。"), office.actor("lead"))
    assert ends(picture) == clock.day_bounds(entry.ends)[0] + YEAR
