"""要闻、专题、重要信息: written, looked at, published from a day until a day, taken off again (R-MSG-17).

Not here: messages to one person (`messages.py`), nor the notice of a self-check, which belongs to its campaign.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from peewee import JOIN, Expression, ModelSelect

from webapp.domain import clock, journal
from webapp.domain.certification import agencies
from webapp.domain.lifecycle import Lifecycle, Move
from webapp.domain.permissions import SYSTEM, Actor, Can
from webapp.domain.refused import Refused
from webapp.models import keyset, scope
from webapp.models.base import transaction
from webapp.models.certification import Agency
from webapp.models.keyset import FIRST, Page, Place
from webapp.models.news import News, NewsFile
from webapp.models.photos import Upload
from webapp.models.school import Unit
from webapp.models.staff import Staff

KINDS = ("news", "topic", "notice")
"""要闻, 专题, 重要信息."""

TITLE, BODY = 60, 4000
"""Characters, at most."""

FILES, FILE_BYTES, FILE_NAME = 5, 10 * 1024 * 1024, 80
"""Files of one announcement, bytes of each, characters of its name, at most."""

FEW = 3
"""How many a page shows that is about something else."""

SIZE = 20

UNNAMED = timedelta(hours=72)
"""For how long a stored file waits to be named by an announcement."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """For whom one writes: a school, a province, an agency, or (none of them) the site."""

    unit: Unit | None = None
    province: str = ""
    agency: Agency | None = None

    @property
    def code(self) -> str:
        """What a form calls it."""
        kept = self.unit or self.agency
        return kept.key if kept else self.province or "site"

    def columns(self) -> dict[str, object]:
        return {"unit": self.unit, "province": self.province, "agency": self.agency}

    def wrote(self) -> Expression:
        return (
            _same(News.unit, self.unit and self.unit.id)
            & (News.province == self.province)
            & _same(News.agency, self.agency and self.agency.id)
        )


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be told, and from which day until which, both included; without `ends` until it is withdrawn."""

    kind: str
    title: str
    body: str
    starts: date
    ends: date | None = None
    pinned: bool = False


def within_reach(news: News, actor: Actor) -> None:
    if actor.name != SYSTEM.name and not News.select().where((News.id == news.id) & _written_by(publishers(actor))).exists():
        raise Refused("not_allowed")


def is_over(news: News) -> bool:
    """Has its last day passed?"""
    return news.ends is not None and news.ends < clock.today()


def has_days_left(news: News, actor: Actor) -> None:
    if is_over(news):
        raise Refused("news_over")


NEWS = Lifecycle(
    News,
    Move("publish", ("draft", "withdrawn"), "published", Can.NEWS, (within_reach, has_days_left)),
    Move("withdraw", ("published",), "withdrawn", Can.NEWS, (within_reach,)),
)
"""草稿 → 已发布 ⇄ 已撤下. Before its first day and after its last one a published one is not shown."""


def publishers(actor: Actor) -> list[Publisher]:
    """For whom the actor may write, the widest first: the site for its administrator, else the own school, province, agency."""
    grants = actor.where(Can.NEWS)
    found = [Publisher()] if scope.whole([one for one in grants if one.role == "O"]) else []
    found += [Publisher(province=code) for code in sorted({one.province for one in grants if one.province})]
    found += [Publisher(unit=unit) for unit in scope.schools([one for one in grants if one.role == "R" or one.unit_id])]
    agency = agencies.mine(actor) if any(one.role == "AL" for one in grants) else None
    return found + ([Publisher(agency=agency)] if agency else [])


def listed(actor: Actor, place: Place = FIRST) -> Page:
    """What the actor may change, what was touched last first."""
    query = _whole().where(_written_by(publishers(actor)))
    return keyset.cut(query, (News.updated, News.id), place, newest=True, size=SIZE)


def find(actor: Actor, key: str) -> News | None:
    """One that the actor may change."""
    return _whole().where((News.key == key) & _written_by(publishers(actor))).first()


def write(actor: Actor, publisher: Publisher, text: Text, staff: Staff | None = None) -> News:
    """A new draft. Raises Refused: not_allowed, and those of `check`."""
    actor.require(Can.NEWS)
    if actor.name != SYSTEM.name and publisher not in publishers(actor):
        raise Refused("not_allowed")
    check(text)
    with transaction():
        news = News(**publisher.columns(), **_columns(text), staff=staff, updated=clock.now())
        news.save(force_insert=True)
        journal.record("news.write", actor.name, news)
    return news


def change(actor: Actor, news: News, text: Text) -> News:
    """Other words, or other days; one that is published changes at once. Raises Refused: not_allowed, and those of `check`."""
    actor.require(Can.NEWS)
    check(text)
    with transaction():
        news = news.locked()
        within_reach(news, actor)
        for column, value in (_columns(text) | {"updated": clock.now()}).items():
            setattr(news, column, value)
        news.save()
        journal.record("news.change", actor.name, news)
    return news


def check(text: Text) -> None:
    """Raises Refused: news_kind, news_title, news_title_long (most), news_body, news_body_long (most, over), news_days."""
    if text.kind not in KINDS:
        raise Refused("news_kind", field="kind")
    if not text.title:
        raise Refused("news_title", field="title")
    if len(text.title) > TITLE:
        raise Refused("news_title_long", field="title", most=TITLE)
    if not text.body:
        raise Refused("news_body", field="body")
    if len(text.body) > BODY:
        raise Refused("news_body_long", field="body", most=BODY, over=len(text.body) - BODY)
    if text.ends is not None and text.ends < text.starts:
        raise Refused("news_days", field="ends")


def attach(actor: Actor, news: News, upload: Upload, name: str) -> NewsFile:
    """Add a stored file, which a job looks over before anybody may have it. Raises Refused: not_allowed, news_files (most)."""
    actor.require(Can.NEWS)
    with transaction():
        news = news.locked()
        within_reach(news, actor)
        if NewsFile.select().where(NewsFile.news == news).count() >= FILES:
            raise Refused("news_files", field="file", most=FILES)
        kept = NewsFile.create(news=news, upload=upload, name=name[:FILE_NAME])
        Upload.update(expires=None).where(Upload.id == upload.id).execute()
        journal.promise("news.look_over", key=upload.key)
        journal.record("news.attach", actor.name, news)
    return kept


def detach(actor: Actor, file: NewsFile) -> None:
    """Take a file off; the sweep shreds it. Raises Refused: not_allowed."""
    actor.require(Can.NEWS)
    with transaction():
        within_reach(file.news, actor)
        Upload.update(expires=clock.now()).where(Upload.id == file.upload_id).execute()
        file.delete_instance()
        journal.record("news.detach", actor.name, file.news)


def files(news: News) -> list[NewsFile]:
    """Its files in their order, with what is stored."""
    return list(NewsFile.select(NewsFile, Upload).join(Upload).where(NewsFile.news == news).order_by(NewsFile.id))


def current(place: str = "home", most: int = FEW) -> list[News]:
    """What stands on a page now, what is pinned first, then the newest: on the front page all, on that of 认证
    ("certification") the 重要信息 of the site and of the agencies.
    """
    query = _whole().where(_shown()).order_by(News.pinned.desc(), News.starts.desc(), News.id.desc()).limit(most)
    if place == "certification":
        query = query.where((News.kind == "notice") & News.unit.is_null() & (News.province == ""))
    return list(query)


def page(kind: str = "", place: Place = FIRST) -> Page:
    """更多新闻: all of a kind ("" for every kind), the newest first."""
    query = _whole().where(_shown())
    if kind:
        query = query.where(News.kind == kind)
    return keyset.cut(query, (News.starts, News.id), place, newest=True, size=SIZE)


def told(key: str) -> News | None:
    """One that is, or was, for everybody: published and begun, or withdrawn afterwards."""
    public = News.state.in_(("published", "withdrawn")) & (News.starts <= clock.today())
    return _whole().where((News.key == key) & public).first()


def _whole() -> ModelSelect:
    query = News.select(News, Unit, Agency).join(Unit, JOIN.LEFT_OUTER).switch(News)
    return query.join(Agency, JOIN.LEFT_OUTER).switch(News)


def _shown() -> Expression:
    today = clock.today()
    return (News.state == "published") & (News.starts <= today) & (News.ends.is_null() | (News.ends >= today))


def _written_by(publishers: Iterable[Publisher]) -> Expression:
    return reduce(or_, _each(publishers), News.id.in_([]))


def _each(publishers: Iterable[Publisher]) -> Iterator[Expression]:
    return (one.wrote() for one in publishers)


def _same(column: Expression, value: int | None) -> Expression:
    return column.is_null() if value is None else column == value


def _columns(text: Text) -> dict[str, object]:
    return {name: getattr(text, name) for name in Text.__dataclass_fields__}
