"""实人验证 under the door: who is compared with whom, what a failure is, what is kept, and who looks at a photo."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.certifying import Office, begun
from tests.certifying import office as another
from tests.graduation import photo
from tests.pages import counted
from tests.people import School
from tests.reporting import Holder
from tests.world import World
from webapp.domain import clock, sessions
from webapp.domain.certification import filing
from webapp.domain.certification.lifecycle import APPLICATION
from webapp.domain.face_port import FAULTS, PROMPTS, Shots, Verdict, Wanted
from webapp.domain.liveness import asking, desk, handing, level, photos, purposes
from webapp.domain.permissions import VISITOR
from webapp.domain.ports import Unavailable
from webapp.domain.reasons import Picked
from webapp.domain.refused import Refused
from webapp.jobs import liveness
from webapp.models.certification import Application
from webapp.models.journal import Event
from webapp.models.keyset import FIRST
from webapp.models.liveness import Handoff, PersonCheck, Shot
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.web.liveness import words


class Judge:
    """Fits `Faces` and says what a test wants; it remembers what it was shown."""

    def __init__(self, *verdicts: Verdict | Exception) -> None:
        self.verdicts, self.seen = list(verdicts), []

    def online(self) -> bool:
        return True

    def name(self) -> str:
        return "judge"

    def judge(self, shots: list[Shots], wanted: Wanted, reference: str) -> Verdict:
        self.seen.append((shots, wanted))
        said = self.verdicts.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    def close(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def application(hers: Holder, office: Office) -> Application:
    return filing.submit(begun(hers, office.agency), hers.actor)


def refused(deed, *given: object) -> str:
    with pytest.raises(Refused) as said:
        deed(*given)
    return said.value.code


def film(world: World, check: PersonCheck, jpeg: bytes = b"\xff\xd8\xff frame") -> PersonCheck:
    files = Files(world.worker.outside.storage)
    check = asking.consent(check, VISITOR)
    for prompt in check.prompts.split():
        asking.keep(check, prompt, [files.keep(jpeg, "face_shot", expires=asking.kept_until())], VISITOR)
    return asking.capture(PersonCheck.get_by_id(check.id), VISITOR)


def judged(world: World, judge: Judge, check: PersonCheck) -> PersonCheck:
    """Let the worker judge with this judge in the provider's place."""
    liveness.judge(replace(world.worker.outside, faces=judge), check.key)
    return PersonCheck.get_by_id(check.id)


@pytest.mark.req("RPV-03", "RPV-08", "RPV-11")
def test_a_pass_proves_the_application_and_leaves_nothing_but_the_score(
    world: World, hers: Holder, application: Application
) -> None:
    assert asking.needed(application)
    check = asking.begin(application)
    assert asking.begin(application).id == check.id
    check = film(world, check)
    names = [one.name for one in Upload.select().where(Upload.purpose == "face_shot")]
    judge = Judge(Verdict(True, 93))
    check = judged(world, judge, check)
    (shots, wanted), *_ = judge.seen
    assert [one.prompt for one in shots] == check.prompts.split() and shots[0].prompt == "front"
    assert (wanted.name, wanted.document) == (hers.account.name, hers.account.document)
    application = Application.get_by_id(application.id)
    assert (check.state, check.method, check.score, check.provider) == ("passed", "face", 93, "judge")
    assert (application.state, application.proved_by, application.proved) == ("proved", "face", clock.now())
    assert not asking.needed(application) and not Shot.select().exists()
    assert len(names) == 4 and not set(names) & set(world.worker.outside.storage.names())
    assert judged(world, judge, check).state == "passed"  # the job comes a second time: nobody is asked again


@pytest.mark.req("RPV-04", "RPV-05")
def test_two_failures_leave_the_photo_and_what_the_network_breaks_is_none(world: World, application: Application) -> None:
    check = film(world, asking.begin(application))
    before = check.prompts
    check = judged(world, Judge(Unavailable("timeout", retry=True)), check)
    assert (check.state, check.tries, check.why, asking.left(check)) == ("open", 0, "unavailable", 2)
    assert not Shot.select().exists() and set(check.prompts.split()) <= set(PROMPTS)
    check = judged(world, Judge(Verdict(False, 12, "not_live")), film(world, check))
    assert (check.state, check.tries, check.why, asking.left(check)) == ("open", 1, "not_live", 1)
    check = judged(world, Judge(Verdict(False, 3, "other_person")), film(world, check))
    assert (check.tries, asking.left(check)) == (2, 0)
    assert refused(asking.consent, check, VISITOR) == "face_tries"
    assert refused(asking.capture, check, VISITOR) == "shots_missing"
    assert Application.get_by_id(application.id).state == "proving"
    assert before.startswith("front ")


def test_nothing_to_compare_with_is_nobodys_failure(world: World, application: Application) -> None:
    check = judged(world, Judge(Verdict(False, 0, "no_reference")), film(world, asking.begin(application)))
    assert (check.state, check.tries, check.why) == ("open", 0, "no_reference")


@pytest.mark.req("RPV-10")
def test_nothing_is_filmed_without_consent_nor_beside_the_prompts(world: World, application: Application) -> None:
    check, files = asking.begin(application), Files(world.worker.outside.storage)
    upload = files.keep(b"\xff\xd8\xff", "face_shot")
    assert refused(asking.keep, check, "front", [upload], VISITOR) == "face_consent"
    check = asking.consent(check, VISITOR)
    assert refused(asking.keep, check, "dance", [upload], VISITOR) == "moved_on"
    assert refused(asking.keep, check, "front", [], VISITOR) == "shots_many"
    asking.keep(check, "front", [upload], VISITOR)
    asking.keep(check, "front", [files.keep(b"\xff\xd8\xff", "face_shot")], VISITOR)
    assert Shot.select().count() == 1
    assert refused(asking.capture, check, VISITOR) == "shots_missing"
    assert len({asking.draw() for _ in range(40)}) > 5
    assert Event.select().where(Event.action == "person_check.consent").count() == 1


@pytest.mark.req("RPV-03")
def test_a_pass_is_for_one_holder_and_one_state_of_the_application(
    world: World, school: School, hers: Holder, application: Application
) -> None:
    check = film(world, asking.begin(application))
    application = filing_back(application, hers)
    check = judged(world, Judge(Verdict(True, 90)), check)
    assert (check.state, Application.get_by_id(application.id).state) == ("passed", "draft")
    application = filing.submit(application, hers.actor)
    assert not asking.needed(application)
    asking.take_up(application)
    assert Application.get_by_id(application.id).state == "proved"
    other = filing.submit(begun(hers, application.agency), hers.actor)
    other.identity_index = school.record("何苗").identity_index
    other.save()
    assert asking.needed(other) and asking.begin(other).id != check.id


def filing_back(application: Application, hers: Holder) -> Application:
    return APPLICATION.move(application, "back", hers.actor)


def brought(world: World, check: PersonCheck, data: bytes | None = None) -> PersonCheck:
    kept = Files(world.worker.outside.storage).keep(data or photo(size=(600, 800)), "holder_photo", expires=photos.kept_until())
    photos.bring(check, kept, VISITOR)
    world.work()
    return PersonCheck.get_by_id(check.id)


@pytest.mark.req("RPV-06", "RPV-14")
def test_the_desk_takes_looks_and_decides_once(
    world: World, school: School, hers: Holder, office: Office, application: Application
) -> None:
    check = brought(world, asking.begin(application))
    assert (check.state, check.due - check.sent > timedelta(days=3)) == ("waiting", True)
    ni, ren = sessions.staff_actor(school.staff("ni")), office.actor()
    assert desk.queue(ni, FIRST).rows == desk.queue(ren, FIRST).rows == [check]
    held = desk.next_case(ren)
    assert held.id == check.id and desk.next_case(ni) is None and refused(desk.take, held, ni) == "moved_on"
    assert refused(desk.look, held, ni, "photo") == "not_held"
    assert refused(desk.accept, held, ren, ("name", "number")) == "holder_unseen"
    assert refused(desk.refuse, held, ren, Picked(())) == "reason_missing"
    check = desk.refuse(held, ren, Picked(("card_unclear",), "看不清"))
    assert (check.state, check.reasons, check.note, check.holder_id) == ("open", "card_unclear", "看不清", None)
    check = brought(world, check)
    world.wait(minutes=1)
    held = desk.next_case(ni)
    world.wait(minutes=16)
    held = desk.take(PersonCheck.get_by_id(held.id), ren)
    assert held.holder.login == "ren" and refused(desk.accept, held, ni, desk.SEEN) == "not_held"
    desk.look(held, ren, "photo")
    check = desk.accept(held, ren, desk.SEEN)
    assert (check.state, check.method, Application.get_by_id(application.id).proved_by) == ("passed", "photo", "photo")
    assert check.photo.expires == clock.now() + timedelta(days=30)
    assert refused(desk.accept, held, ren, desk.SEEN) == "moved_on"
    looks = Event.select().where(Event.action == "person_check.look")
    assert [one.actor for one in looks] == [ren.name]


@pytest.mark.req("RPV-14")
def test_a_page_of_the_queue_is_one_query_with_the_name_of_each_holder(school: School, hers: Holder, office: Office) -> None:
    named = begun(hers, office.agency)
    named.holder_name, named.identity_index = "阚泽霈", "h" * 43
    named.save()
    checks = [asking.begin(filing.submit(one, hers.actor)) for one in (named, begun(hers, office.agency))]
    checks.append(level.begin(hers.account))
    PersonCheck.update(state="waiting", unit=school.unit, sent=clock.now(), due=clock.now()).execute()
    ni = sessions.staff_actor(school.staff("ni"))
    held = desk.take(PersonCheck.get_by_id(checks[1].id), ni)
    with counted() as reach:
        desk.reach(ni)
    with counted() as cost:
        shown = [(one.named, one.holder and one.holder.name) for one in desk.queue(ni, FIRST).rows]
        assert [name for name, _ in shown] == ["阚泽霈", hers.account.name, hers.account.name]
    assert cost.reads == reach.reads + 1
    assert [who for _, who in shown] == [None, held.holder.name, None]
    assert [name for name, _ in shown] == [purposes.who(one).name for one in checks]
    photo_way = purposes.PURPOSES["level"].instead
    photographed = {name for name, one in purposes.PURPOSES.items() if one.instead == photo_way}
    assert photographed == {one.purpose for one in checks}, "who sends a photo for anything else is named by the queue too"


def test_nobody_looks_at_the_own_photo_and_other_agencies_at_none(
    world: World, hers: Holder, office: Office, application: Application
) -> None:
    check = brought(world, asking.begin(application))
    office.certifier.name = hers.account.name
    office.certifier.save()
    assert refused(desk.take, check, office.actor()) == "own_case" and desk.next_case(office.actor()) is None
    far = another("云岭省认证处", "2").actor()
    assert desk.of(far, check.key) is None and refused(desk.take, check, far) == "not_allowed"


@pytest.mark.req("RPV-07")
def test_a_small_photo_goes_back_with_the_reason_and_a_large_one_is_reduced(world: World, application: Application) -> None:
    check = brought(world, asking.begin(application), photo(size=(400, 700)))
    assert (check.state, check.why) == ("open", "image_small")
    check = brought(world, check, b"\xff\xd8\xff no picture")
    assert (check.state, check.why) == ("open", "image_unreadable")
    check = brought(world, check, photo(size=(3000, 2400)))
    assert check.state == "waiting" and check.photo.size <= photos.BYTES + 100 and check.photo.expires is None


def test_ways_to_the_phone_are_forgotten_a_day_later(world: World, hers: Holder, application: Application) -> None:
    handing.here(asking.begin(application))
    world.wait(hours=25)
    assert handing.sweep() == 1 and not Handoff.select().exists()


def test_everything_that_is_asked_or_goes_wrong_has_words() -> None:
    assert set(words.PROMPTS) == set(PROMPTS) >= {"front", *asking.TURNS}
    assert set(FAULTS) <= set(words.FAULTS) | set(words.EXCUSES)
    assert set(words.TICKS) == set(desk.SEEN) and set(words.HOLDERS) >= set(photos.HOLDERS.values())
