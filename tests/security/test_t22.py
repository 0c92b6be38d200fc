"""T22, insiders who browse: photos open for the case that one holds, every look is history first, and nobody looks without end.

As decided, looks in a case that the queue handed out are not limited; an address of a photo is bound to the
lease, five minutes, and may be opened again. Looks outside one's case, with a reason, are 60 an hour and 300 a day.
"""

import io
import random
from collections.abc import Iterator

import pytest
from peewee import DatabaseError
from PIL import Image, ImageChops

from tests.claims import Claims
from tests.people import School
from tests.person import Person
from tests.scenes import saved, scene
from tests.world import World
from webapp.domain.duplicates import review
from webapp.domain.permissions import Actor
from webapp.domain.refused import Refused
from webapp.models.base import database, on_sqlite
from webapp.models.duplicates import Claim, Photo
from webapp.models.journal import Event
from webapp.models.staff import Staff


@pytest.fixture
def claims(world: World, school: School) -> Claims:
    made = Claims(world, school)
    made.hand_in(made.party(), saved(scene(1, (800, 600))))
    return made


@pytest.fixture
def holder(app, world: World, claims: Claims) -> Person:
    """Who took the case, on its page."""
    return world.log_in(Person(app), staff(claims.desk[0])).visit("/staff/review").press("审下一件")


def staff(actor: Actor) -> Staff:
    return Staff.by_key(actor.key)


def looks() -> int:
    return Event.select().where(Event.action == "photo.look").count()


def photos(person: Person) -> list[str]:
    return [picture["src"] for picture in person.page.select(".view img")]


@pytest.mark.anywhere
@pytest.mark.req("DUP-16")
def test_every_picture_that_left_is_a_look_in_the_history(app, world: World, holder: Person, claims: Claims, times) -> None:
    """The holder, a colleague, somebody of the school and a stranger, good and bad addresses, in any order."""
    places = photos(holder)
    others = [world.log_in(Person(app), one) for one in (staff(claims.desk[1]), Staff.get(Staff.login == "luo"))]
    draw, left = random.Random(22), 0
    for _ in range(times(300, 10_000)):
        person = draw.choice([holder, holder, *others, Person(app)])
        place = draw.choice([*places, places[0][:-2], f"{places[0]}x", f"/staff/review/{'A' * 22}/photos/x", holder.path])
        answer = person.client.get(place)
        if answer.mimetype == "image/jpeg":
            assert person is holder
            left += 1
    assert looks() == left > times(50, 1_500)


@pytest.fixture
def full_history() -> Iterator[None]:
    """An event table that takes no line more. PostgreSQL's outlives a test, so it is opened again."""
    if on_sqlite():
        database.execute_sql("CREATE TRIGGER no_more BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END")
        yield
        database.execute_sql("DROP TRIGGER no_more")
    else:
        database.execute_sql("ALTER TABLE event ADD CONSTRAINT no_more CHECK (seq < 0) NOT VALID")
        yield
        database.execute_sql("ALTER TABLE event DROP CONSTRAINT no_more")


@pytest.mark.req("DUP-16")
def test_no_look_is_taken_that_cannot_be_written_down(app, holder: Person, full_history) -> None:
    before = looks()
    try:
        answer = holder.client.get(photos(holder)[0])
    except DatabaseError:
        return
    assert answer.status_code >= 500 and answer.mimetype != "image/jpeg"
    assert looks() == before


@pytest.mark.req("DUP-16")
def test_outside_the_own_case_there_is_no_look_at_all(holder: Person, claims: Claims) -> None:
    """Stricter than 60 an hour: whoever wants to look takes the case, and the list shows that."""
    photo, other = Photo.select().order_by(Photo.id).first(), claims.desk[1]
    before = looks()
    with pytest.raises(Refused, match="not_held"):
        review.look(photo, other)
    assert looks() == before
    review.look(photo, claims.desk[0])
    assert looks() == before + 1


@pytest.mark.req("DUP-16")
def test_who_looks_stands_across_every_picture_even_small_and_saved_again(world: World, times) -> None:
    """Half the size and saved at quality 60, as a screenshot that goes round: what differs from the original is the mark."""
    images = world.worker.outside.images
    for seed in range(times(20, 100)):
        original = saved(scene(seed, (800, 600)))
        marked = images.marked(original, f"ma  2026-11-16 10:00  {seed:06d}")
        kept, plain = (again(one) for one in (marked, original))
        differs = ImageChops.difference(kept, plain).convert("L").point(lambda light: 255 if light > 12 else 0)
        left, top, right, bottom = differs.getbbox()
        assert right - left > 0.8 * plain.width and bottom - top > 0.8 * plain.height, seed
        assert differs.histogram()[255] > 0.004 * plain.width * plain.height, seed


def again(jpeg: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(jpeg))
    small, out = picture.resize((picture.width // 2, picture.height // 2)), io.BytesIO()
    small.save(out, "JPEG", quality=60)
    return Image.open(out).convert("RGB")


@pytest.mark.req("DUP-14", "DUP-16")
def test_a_case_that_somebody_else_holds_shows_no_photo_and_no_number(
    app, world: World, holder: Person, claims: Claims
) -> None:
    case = Claim.get()
    for actor in (claims.desk[1],):
        person = world.log_in(Person(app), staff(actor)).visit(f"/staff/review/{case.key}")
        assert photos(person) == []
        person.sees_not(case.parties.get().account.document)
    assert world.log_in(Person(app), Staff.get(Staff.login == "luo")).client.get(f"/staff/review/{case.key}").status_code == 403
