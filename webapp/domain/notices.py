"""我的消息: what the site tells its reader, newest first: found, opened, put away (R-MSG-02).

Not here: telling (`messages.py`). Another's message is like one that is not there.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from peewee import Expression, fn

from webapp.domain import clock, defaults, messages, texts
from webapp.models import keyset
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.messages import Notice

SIZE = 10
"""Messages on a page."""

SEARCHED = 1000
"""Messages that a search looks through, newest first: what they say is sealed, so each is opened."""

PUT_AWAY = timedelta(days=30)
"""How long a deleted message is still there for support."""


class Told(NamedTuple):
    """A message as its reader sees it."""

    key: str
    topic: str
    title: str
    text: str
    link: str
    created: datetime
    read: bool


def page(account: Account, topic: str = "", place: Place = FIRST, language: str = "zh") -> Page:
    """Ten messages; `topic` "" for all. The rows are `Told`."""
    here = _of(account) & ((Notice.topic == topic) if topic else True)
    if place.row is not None and place.row.account_id != account.id:
        place = FIRST
    found = keyset.cut(Notice.select().where(here), (Notice.created, Notice.id), place, newest=True, size=SIZE)
    return found._replace(rows=[told(one, language) for one in found.rows])


def search(account: Account, words: str, language: str) -> list[Told]:
    """The newest messages whose title or text holds the words, one page of them."""
    wanted = words.casefold().split()
    newest = Notice.select().where(_of(account)).order_by(Notice.created.desc(), Notice.id.desc()).limit(SEARCHED)
    return list(_holding(newest.iterator(), wanted, language))


def _holding(notices: Iterator[Notice], wanted: list[str], language: str) -> Iterator[Told]:
    left = SIZE
    for one in notices:
        shown = told(one, language)
        text = f"{shown.title} {shown.text}".casefold()
        if left and all(word in text for word in wanted):
            left -= 1
            yield shown


def told(notice: Notice, language: str) -> Told:
    """The message in the reader's language: its first line is the title."""
    params = messages.params_of(notice.body)
    text = texts.fill("inapp", notice.template, language, params, url="", site=defaults.site(language))
    title, _, rest = text.partition("\n")
    return Told(notice.key, notice.topic, title, rest.strip(), notice.link, notice.created, notice.read is not None)


def find(account: Account, key: str) -> Notice | None:
    return Notice.get_or_none(_of(account) & (Notice.key == key))


def read(notice: Notice) -> None:
    """已读. Read twice, the first time stands."""
    with transaction():
        Notice.update(read=clock.now()).where((Notice.id == notice.id) & Notice.read.is_null()).execute()
        _count(notice.account_id)


def read_all(account: Account) -> None:
    with transaction():
        Notice.update(read=clock.now()).where(_of(account) & Notice.read.is_null()).execute()
        _count(account.id)


def delete(notice: Notice) -> None:
    """The reader does not see it any more; support does, for a month."""
    with transaction():
        Notice.update(deleted=clock.now()).where(Notice.id == notice.id).execute()
        _count(notice.account_id)


def sweep() -> int:
    """Drop what was deleted a month ago, and what is older than `ret.notice_days`. Returns how many."""
    old = clock.now() - timedelta(days=defaults.value("ret.notice_days"))
    gone = (Notice.deleted < clock.now() - PUT_AWAY) | (Notice.created < old)
    with transaction():
        accounts = {number for (number,) in Notice.select(Notice.account).where(gone & Notice.read.is_null()).tuples()}
        dropped = Notice.delete().where(gone).execute()
        for number in accounts:
            _count(number)
    return dropped


def _of(account: Account) -> Expression:
    return (Notice.account == account.id) & Notice.deleted.is_null()


def _count(account: int) -> None:
    """Count anew what stands in the header: whatever went wrong before is right from here."""
    unread = Notice.select(fn.COUNT(Notice.id)).where(
        (Notice.account == account) & Notice.read.is_null() & Notice.deleted.is_null()
    )
    Account.update(unread=unread).where(Account.id == account).execute()
