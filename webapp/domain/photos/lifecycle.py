"""The moves of a 学历照片 with their guards: from the import to the record's publication (spec 7.8).

Not here: the verbs that make them. A photo set is one Event, so that its rows begin where `Move.to` of pass, doubt and
fail leads; every later move is an Event of its own.
"""

from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.photos import windows
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record

OPEN = ("failing", "doubtful", "waiting", "checking", "right", "wrong", "collected", "returned")
"""States of a current photo in which another may take its place."""

SHOWN = ("waiting", "checking", "right", "wrong", "collected", "locked")
"""States in which the holder sees the picture: one that is doubted may be somebody else's."""


def in_reach(photo: GraduationPhoto, actor: Actor) -> None:
    """The record belongs to a school whose photos the actor decides about."""
    mine = scope.records(actor.where(Can.PHOTOS)) & (Record.id == photo.record_id)
    if actor is not SYSTEM and not Record.select().where(mine).exists():
        raise Refused("not_allowed")


def is_current(photo: GraduationPhoto, actor: Actor) -> None:
    """No other picture has taken its place."""
    if not photo.current:
        raise Refused("moved_on", state="replaced")


def in_college(photo: GraduationPhoto, actor: Actor) -> None:
    """The record belongs to a college whose errors the actor gathers."""
    mine = scope.records(actor.where(Can.COLLECT)) & (Record.id == photo.record_id)
    if not Record.select().where(mine).exists():
        raise Refused("not_allowed")


def hers(photo: GraduationPhoto, actor: Actor) -> None:
    """The actor holds the record."""
    holder = photo.record.account
    if holder is None or holder.key != actor.key:
        raise Refused("not_allowed")


def unpublished(photo: GraduationPhoto, actor: Actor) -> None:
    """The qualification is not open to the public yet."""
    if photo.record.published is not None:
        raise Refused("photo_published")


def window_open(photo: GraduationPhoto, actor: Actor) -> None:
    """A window for this student runs (R-IMG-02)."""
    if not windows.is_open(windows.of(photo.record)):
        raise Refused("photo_window")


def in_time(photo: GraduationPhoto, actor: Actor) -> None:
    """The window runs, or the last day for corrections has not passed."""
    if not windows.may_finish(windows.of(photo.record)):
        raise Refused("photo_window")


def all_right(photo: GraduationPhoto, actor: Actor) -> None:
    """Both blocks were confirmed (R-IMG-04)."""
    if (photo.record_block, photo.photo_block) != ("right", "right"):
        raise Refused("photo_blocks")


def all_said(photo: GraduationPhoto, actor: Actor) -> None:
    """Each block was called right or wrong."""
    if not (photo.record_block and photo.photo_block):
        raise Refused("photo_blocks")


OWN = (hers, is_current, unpublished)

PHOTO = Lifecycle(
    GraduationPhoto,
    Move("pass", ("comparing",), "waiting", Can.IMPORT),
    Move("doubt", ("comparing",), "doubtful", Can.IMPORT),
    Move("fail", ("comparing",), "failing", Can.IMPORT),
    Move("accept", ("failing",), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("same", ("doubtful",), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("send_back", ("failing", "doubtful", "wrong", "collected"), "returned", Can.PHOTOS, (in_reach, is_current)),
    Move("start", ("waiting",), "checking", Can.OWN_RECORD, (*OWN, window_open)),
    Move("lapse", ("checking",), "waiting"),
    Move("right", ("checking",), "right", Can.OWN_RECORD, (*OWN, in_time, all_right)),
    Move("wrong", ("checking",), "wrong", Can.OWN_RECORD, (*OWN, in_time, all_said)),
    Move("collect", ("wrong",), "collected", Can.COLLECT, (in_college, is_current)),
    Move("keep", ("wrong", "collected"), "waiting", Can.PHOTOS, (in_reach, is_current)),
    Move("replace", OPEN, "replaced", Can.IMPORT),
    Move("lock", ("waiting", "checking", "right", "wrong", "collected"), "locked", None, (is_current,)),
)
