"""图像校对 in the demo: an open window for the class that was photographed; some have looked, one says it is wrong.

Not here: the photos themselves (`graduates.py`). Everything is said through the verbs.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

from webapp.cli.demo import people
from webapp.cli.demo.school import WEEK
from webapp.domain import accounts, clock, permissions, records
from webapp.domain.accounts import Identity
from webapp.domain.photos import checking
from webapp.models.accounts import Account
from webapp.models.graduation_photos import GraduationPhoto
from webapp.models.records import Record
from webapp.models.school import Campaign, Contact, Unit

FATES = ("waiting", "right", "wrong", "begun")
"""What has come of the first photos; their holders have accounts."""


def make(unit: Unit, password_hash: str, phones: Iterator[int]) -> None:
    """The window, and what the first students of its class did in it."""
    shown = GraduationPhoto.select(GraduationPhoto, Record).join(Record)
    ready = list(shown.where((Record.unit == unit) & (GraduationPhoto.state == "waiting")).order_by(Record.id))
    if not ready:
        return
    year = ready[0].record.expected_on.year
    _open(unit, year)
    mine = [photo for photo in ready if photo.record.expected_on.year == year]
    for fate, photo in zip(FATES, mine, strict=False):
        _tell(photo, fate, _register(photo.record, password_hash, next(phones)))


def join(record: Record, password_hash: str, phone: int) -> None:
    """Somebody of an earlier class checks the photo in the same window: the graduate to try."""
    scope = json.dumps({"also": [record.student_number]})
    mine = (Campaign.unit == record.unit_id) & (Campaign.kind == "photo")
    Campaign.update(scope=scope, title=Campaign.title + "（含往届补拍）").where(mine).execute()
    _register(record, password_hash, phone)


def _open(unit: Unit, year: int) -> None:
    today = clock.today()
    Campaign.create(
        unit=unit,
        title=f"{year} 届图像校对",
        kind="photo",
        year=year,
        season="summer",
        starts=today - timedelta(days=2),
        ends=today + timedelta(days=12),
        corrections_until=today + timedelta(days=26),
        contact=Contact.get(Contact.unit == unit),
        created=clock.now() - WEEK,
    )


def _register(record: Record, password_hash: str, phone: int) -> Account:
    identity = Identity(record.name, record.document_kind, record.country, record.document)
    account = accounts.new(identity, people.phone(phone), password_hash)
    begun = clock.now() - timedelta(hours=3)
    account.phone_proved = account.password_changed = account.created = begun
    account.school_proved = account.records_seen = begun
    account.save(force_insert=True)
    records.bind(account)
    return account


def _tell(photo: GraduationPhoto, fate: str, holder: Account) -> None:
    if fate == "waiting":
        return
    actor = permissions.student(holder.key)
    photo = checking.record_is_right(checking.start(photo, actor), actor)
    if fate == "right":
        checking.finish(checking.photo_is_right(photo, actor), actor)
    if fate == "wrong":
        photo = checking.photo_is_wrong(photo, actor, ["background"], "背景偏灰，同学的都是浅蓝", False)
        checking.finish(photo, actor)
