"""The moves of a 学历照片 with their guards: from the import to the record's publication (spec 7.8).

Not here: the verbs that make them. A photo set is one Event, so that its rows begin where `Move.to` of pass, doubt and
fail leads; every later move is an Event of its own.
"""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

OPEN = ("failing", "doubtful", "waiting", "checking", "right", "wrong", "collected", "returned")
"""States of a current photo in which another may take its place."""


def in_reach(photo: GraduationPhoto, actor: Actor) -> None:
    """The record belongs to a school whose photos the actor decides about."""
    mine = scope.records(actor.where(Can.PHOTOS)) & (Record.id == photo.record_id)
    if actor is not SYSTEM and not Record.select().where(mine).exists():
        raise Refused("not_allowed")


def is_current(photo: GraduationPhoto, actor: Actor) -> None:
    """No other picture has taken its place."""
    if not photo.current:
        raise Refused("moved_on", state="replaced")


PHOTO = Lifecycle(
    GraduationPhoto,
    Move("pass", ("comparing",), "waiting", Can.IMPORT),
    Move("doubt", ("comparing",), "doubtful", Can.IMPORT),
    Move("fail", ("comparing",), "failing", Can.IMPORT),
    Move("accept", ("failing",), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("same", ("doubtful",), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("send_back", ("failing", "doubtful", "wrong", "collected"), "returned", Can.PHOTOS, (in_reach, is_current)),
    Move("start", ("waiting",), "checking", Can.OWN_RECORD, (is_current,)),
    Move("lapse", ("checking",), "waiting"),
    Move("right", ("checking",), "right", Can.OWN_RECORD, (is_current,)),
    Move("wrong", ("checking",), "wrong", Can.OWN_RECORD, (is_current,)),
    Move("collect", ("wrong",), "collected", Can.PROGRESS, (is_current,)),
    Move("keep", ("wrong", "collected"), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("replace", OPEN, "replaced", Can.IMPORT),
    Move("lock", ("waiting", "checking", "right", "wrong", "collected"), "locked", None, (is_current,)),
)
