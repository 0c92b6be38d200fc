"""What can happen to a check of a person (spec 7.11), on one screen.

Not here: the verbs that make the moves.
"""

from webapp.domain import clock, defaults
from webapp.domain.certification import agencies
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.liveness import purposes
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.liveness import PersonCheck
from webapp.models.staff import Staff


def is_asked_for(check: PersonCheck, actor: Actor) -> None:
    if not purposes.waits(check):
        raise Refused("moved_on", state=check.state)


def consented(check: PersonCheck, actor: Actor) -> None:
    if check.consented is None:
        raise Refused("face_consent")


def tries_left(check: PersonCheck, actor: Actor) -> None:
    """Two failures, and the photo is the way (R-RPV-04)."""
    if check.tries >= defaults.value("rpv.online_tries"):
        raise Refused("face_tries", most=defaults.value("rpv.online_tries"))


def in_reach(check: PersonCheck, actor: Actor) -> None:
    """Of a school where the actor reviews, or of the agency for which they work; of neither, for the whole site's."""
    grants = actor.where(Can.REVIEW)
    agency = agencies.mine(actor)
    here = check.agency_id is not None and agency is not None and agency.id == check.agency_id
    if not (here or any(grant.everywhere for grant in grants) or check.unit_id in scope.units(grants)):
        raise Refused("not_allowed")


def is_a_stranger(check: PersonCheck, actor: Actor) -> None:
    """Nobody looks at themselves: not by phone, mail box or name (SECURITY T23)."""
    officer, account, named = Staff.by_key(actor.key), check.account, {purposes.who(check).name}
    contacts = []
    if account is not None:
        named.add(account.name)
        contacts = [(officer.phone, account.phone), (officer.email, account.email)]
    if officer.name in named or any(mine and mine == hers for mine, hers in contacts):
        raise Refused("own_case")


def takes_a_photo(check: PersonCheck, actor: Actor) -> None:
    """Where the other ways have pages of their own, a photo comes there."""
    if purposes.instead(check):
        raise Refused("moved_on", state=check.state)


def holds_it(check: PersonCheck, actor: Actor) -> None:
    if check.holder is None or check.holder.key != actor.key:
        raise Refused("not_held")


def lease_is_over(check: PersonCheck, actor: Actor) -> None:
    if check.lease is not None and check.lease > clock.now():
        raise Refused("moved_on", state=check.state)


HERE = (in_reach, is_a_stranger)
DESK = (*HERE, holds_it)

PERSON_CHECK = Lifecycle(
    PersonCheck,
    #    name         from            to           who may      guards                                     jobs promised
    Move("capture", ("open",), "judging", None, (is_asked_for, consented, tries_left), ("liveness.judge",)),
    Move("match", ("judging",), "passed"),
    Move("miss", ("judging",), "open"),
    Move("excuse", ("judging",), "open"),
    Move("bring", ("open",), "looking", None, (is_asked_for, takes_a_photo), ("liveness.look",)),
    Move("queue", ("looking",), "waiting"),
    Move("spoil", ("looking",), "open"),
    Move("take", ("waiting",), "in_review", Can.PERSONS, HERE),
    Move("take_over", ("in_review",), "in_review", Can.PERSONS, (*HERE, lease_is_over)),
    Move("put_back", ("in_review",), "waiting", Can.PERSONS, (holds_it,)),
    Move("accept", ("in_review",), "passed", Can.PERSONS, DESK),
    Move("refuse", ("in_review",), "open", Can.PERSONS, DESK),
)
"""未实人验证 → 正在比对 → 已完成, or the photo: 正在检查 → 待审核 → 审核中 → 已完成. What the network breaks is no `miss`."""
