"""线下验证: the photo of the holder with the document, brought and made harmless (R-RPV-06, R-RPV-07, R-RPV-14).

Not here: looking at it, which people do (`desk.py`).
"""

from datetime import datetime, timedelta

from webapp.domain import clock, defaults, limits, workdays
from webapp.domain.liveness import purposes
from webapp.domain.liveness.lifecycle import PERSON_CHECK
from webapp.domain.permissions import SYSTEM, Actor
from webapp.models.base import transaction
from webapp.models.liveness import PersonCheck
from webapp.models.photos import Upload

HOLDERS = {"1": "mainland", "6": "hong_kong_macao", "7": "hong_kong_macao", "H": "hong_kong_macao", "8": "taiwan"}
"""Document kind → the kind of holder: what is to be held up. Any other document is a passport's case: foreign."""

BYTES, PIXELS = 1 << 20, 500
"""What is stored of a photo at most, and its shorter side at least (R-RPV-07); a larger one is reduced."""

LOOSE = timedelta(hours=72)
"""How long a photo is kept that never reached anybody."""


def kind_of_holder(check: PersonCheck) -> str:
    """mainland 中国内地居民, hong_kong_macao 香港、澳门居民, taiwan 台湾同胞, foreign 外籍来华者."""
    who = purposes.who(check)
    if who.kind == "R":  # 港澳台居民居住证: 81 Hong Kong, 82 Macao, 83 Taiwan
        return "taiwan" if who.number.startswith("83") else "hong_kong_macao"
    return HOLDERS.get(who.kind, "foreign")


def kept_until() -> datetime:
    return clock.now() + LOOSE


def bring(check: PersonCheck, upload: Upload, actor: Actor) -> PersonCheck:
    """Hand in a photo, in place of one that was not taken; a machine looks first. Raises moved_on, photos_many (until)."""
    with transaction():
        limits.spend("photo:account", (check.account or check).key)
        return PERSON_CHECK.move(check, "bring", actor, photo=upload, sent=clock.now(), reasons="", note=None, why="")


def looked(check: PersonCheck) -> PersonCheck:
    """The machine is through: people look at it within `rpv.workdays`, or the holder brings another one."""
    upload = check.photo
    with transaction():
        if upload.state != "clean":
            return PERSON_CHECK.move(check, "spoil", SYSTEM, why=upload.reason or "image_unreadable")
        upload.expires = None
        upload.save()
        return PERSON_CHECK.move(check, "queue", SYSTEM, due=workdays.due(check.sent, defaults.value("rpv.workdays")))
