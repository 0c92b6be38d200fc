"""自查窗口 and 图像校对窗口 from the office's side: planning, changing, closing, calling up (R-CHK-01, R-IMG-22).

Not here: what students see of it (`windows.py`) and their checks (`checks.py`).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from peewee import CharField

from webapp.domain import checks, clock, handling, journal
from webapp.domain.identity import student_numbers, tables
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.checks import Check
from webapp.models.records import Record
from webapp.models.school import Campaign, Class, College, Contact, Unit

TITLE = 60
"""Characters of a title."""

NOTICE = 4000
"""Characters of the notice."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is to check: years of entry, levels (codes), majors, classes (keys), 学号. What is empty does not restrict.

    `also` are students who join besides, by 学号 or 考生号: of earlier admissions, 保留入学资格, 专升本 (R-SCH-23).
    """

    grades: Sequence[int] = ()
    levels: Sequence[str] = ()
    majors: Sequence[str] = ()
    classes: Sequence[str] = ()
    student_numbers: Sequence[str] = ()
    also: Sequence[str] = ()


SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Photos:
    """What makes a campaign a window of photos: its 届, the season, and the last day on which errors are taken."""

    year: int
    season: str = ""
    corrections_until: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an officer decides about a campaign. Days are in China, both included; without them it reads 后续通知."""

    title: str
    scope: Scope
    starts: date | None = None
    ends: date | None = None
    notice: str = ""
    contact: Contact | None = None
    photos: Photos | None = None


def make(actor: Actor, unit: Unit, plan: Plan) -> Campaign:
    """Plan a campaign; a job calls up the students of a self-check.

    Raises Refused: those of `_check`, campaign_twice, not_allowed.
    """
    _mine(actor, unit.id)
    _check(unit, plan)
    with transaction():
        _named_once(unit, plan.title)
        kind = "photo" if plan.photos else "check"
        campaign = Campaign.create(unit=unit, created=clock.now(), kind=kind, **_columns(plan))
        _promise(campaign)
        journal.record("campaign.make", actor.name, campaign)
    return campaign


def change(actor: Actor, campaign: Campaign, plan: Plan) -> Campaign:
    """Change a campaign that was not closed. Students who fall out of it and have not looked yet leave it again."""
    _mine(actor, campaign.unit_id)
    _check(campaign.unit, plan)
    with transaction():
        campaign = _running(campaign)
        _named_once(campaign.unit, plan.title, campaign)
        for column, value in _columns(plan).items():
            setattr(campaign, column, value)
        changed = sorted(field.name for field in campaign.dirty_fields)
        campaign.save()
        handling.due_anew(campaign)
        _promise(campaign)
        journal.record("campaign.change", actor.name, campaign, columns=changed)
    return campaign


def close(actor: Actor, campaign: Campaign) -> None:
    """Take a campaign down for good: students no longer see it, its board stays. Raises Refused: campaign_closed."""
    _mine(actor, campaign.unit_id)
    with transaction():
        campaign = _running(campaign)
        campaign.closed = True
        campaign.save()
        journal.record("campaign.close", actor.name, campaign)


def call_up(campaign: Campaign) -> None:
    """Give everybody in scope a check, and let those go who are no longer in it and have not begun. Safe to repeat."""
    left = Check.record.not_in(Record.select(Record.id).where(checks.in_scope(campaign)))
    untouched = (Check.campaign == campaign.id) & (Check.state == "unseen") & (Check.held == "")
    with transaction():
        Check.delete().where(untouched & left).execute()
    checks.enrol(campaign)


def _promise(campaign: Campaign) -> None:
    """Who is to look at a photo is asked of the records themselves: nobody is called up."""
    if campaign.kind == "check":
        journal.promise("campaigns.call_up", key=campaign.key)


def find(actor: Actor, key: str, kinds: Sequence[str] = ("check",)) -> Campaign | None:
    """A campaign that the actor may change, by its key."""
    mine = scope.campaigns(actor.where(Can.CAMPAIGNS)) & Campaign.kind.in_(kinds)
    return Campaign.select(Campaign, Unit).join(Unit).where(mine & (Campaign.key == key)).first()


def units(actor: Actor) -> list[Unit]:
    """The schools for which the actor plans."""
    return scope.schools(actor.where(Can.CAMPAIGNS))


def scope_of(campaign: Campaign) -> Scope:
    return Scope(**json.loads(campaign.scope))


def classes_named(unit: Unit, names: Iterable[str]) -> list[str]:
    """Keys of classes by their names, "学院 班级" where two colleges use one name.

    Raises Refused: class_unknown (names), class_doubtful (names).
    """
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return []
    found: dict[str, list[str]] = {}
    for key, name, college in (
        Class.select(Class.key, Class.name, College.name).join(College).where(Class.unit == unit).tuples()
    ):
        found.setdefault(name, []).append(key)
        found.setdefault(f"{college} {name}", []).append(key)
    if unknown := [name for name in wanted if name not in found]:
        raise Refused("class_unknown", field="classes", names=_some(unknown))
    if doubtful := [name for name in wanted if len(found[name]) > 1]:
        raise Refused("class_doubtful", field="classes", names=_some(doubtful))
    return [found[name][0] for name in wanted]


def names_of_classes(keys: Sequence[str]) -> list[str]:
    """The inverse of `classes_named`, always with the college."""
    rows = Class.select(College.name, Class.name).join(College).where(Class.key.in_(keys)).order_by(College.name, Class.name)
    return [f"{college} {name}" for college, name in rows.tuples()] if keys else []


def _mine(actor: Actor, unit: int) -> None:
    actor.require(Can.CAMPAIGNS)
    if unit not in scope.units(actor.where(Can.CAMPAIGNS)):
        raise Refused("not_allowed")


def _running(campaign: Campaign) -> Campaign:
    campaign = campaign.locked()
    if campaign.closed:
        raise Refused("campaign_closed")
    return campaign


def _named_once(unit: Unit, title: str, but: Campaign | None = None) -> None:
    """Two running campaigns of one school have two names: a form sent twice makes one campaign."""
    same = (Campaign.unit == unit) & (Campaign.title == title) & ~Campaign.closed
    if Campaign.select().where(same & (Campaign.id != (but.id if but else 0))).exists():
        raise Refused("campaign_twice", field="title")


def _columns(plan: Plan) -> dict[str, object]:
    """The plan as columns; 学号 as records hold them, empty lists left out."""
    kept = {name: list(value) for name, value in asdict(plan.scope).items() if value}
    for name in ("student_numbers", "also"):
        if numbers := kept.get(name):
            kept[name] = [student_numbers.canonical(number) for number in numbers]
    photos = plan.photos
    return {
        "year": photos.year if photos else None,
        "season": photos.season if photos else "",
        "corrections_until": photos.corrections_until if photos else None,
        "title": plan.title,
        "scope": json.dumps(kept, ensure_ascii=False),
        "starts": plan.starts,
        "ends": plan.ends,
        "notice": plan.notice,
        "contact": plan.contact,
    }


def _check(unit: Unit, plan: Plan) -> None:
    """Refuse a plan that does not hold.

    campaign_title, campaign_title_long (most), campaign_days (one of two), campaign_order, campaign_notice_long (most),
    campaign_grade (years), campaign_level, student_number_unknown (numbers), and those of `_check_photos`.
    """
    if plan.photos:
        _check_photos(plan)
    if not plan.title:
        raise Refused("campaign_title", field="title")
    if len(plan.title) > TITLE:
        raise Refused("campaign_title_long", field="title", most=TITLE)
    if (plan.starts is None) != (plan.ends is None):
        raise Refused("campaign_days", field="starts" if plan.starts is None else "ends")
    if plan.starts and plan.ends < plan.starts:
        raise Refused("campaign_order", field="ends")
    if len(plan.notice) > NOTICE:
        raise Refused("campaign_notice_long", field="notice", most=NOTICE)
    if wrong := [year for year in plan.scope.grades if not 1949 <= year <= clock.today().year + 1]:
        raise Refused("campaign_grade", field="grades", years=_some(map(str, wrong)))
    if any(level not in tables.LEVELS for level in plan.scope.levels):
        raise Refused("campaign_level", field="levels")
    if unknown := _strangers(unit, plan.scope.student_numbers):
        raise Refused("student_number_unknown", field="student_numbers", numbers=_some(unknown))
    if unknown := _strangers(unit, _strangers(unit, plan.scope.also), Record.exam_number):
        raise Refused("student_number_unknown", field="also", numbers=_some(unknown))


def _check_photos(plan: Plan) -> None:
    """campaign_year, campaign_season, campaign_corrections (the last day for errors lies before the end)."""
    photos = plan.photos
    if not 2001 <= photos.year <= clock.today().year + 10:
        raise Refused("campaign_year", field="year")
    if photos.season and photos.season not in SEASONS:
        raise Refused("campaign_season", field="season")
    if photos.corrections_until and (plan.ends is None or photos.corrections_until < plan.ends):
        raise Refused("campaign_corrections", field="corrections_until")


def _strangers(unit: Unit, numbers: Sequence[str], column: CharField = Record.student_number) -> list[str]:
    """Numbers that stand in no record of the school."""
    wanted = {student_numbers.canonical(number): number for number in numbers}
    if not wanted:
        return []
    rows = Record.select(column).where((Record.unit == unit) & column.in_(list(wanted)))
    known = {number for (number,) in rows.tuples()}
    return [typed for number, typed in wanted.items() if number not in known]


def _some(texts: Iterable[str], most: int = 5) -> str:
    """The first few of a list, for a sentence."""
    texts = list(texts)
    return "、".join(texts[:most]) + ("…" if len(texts) > most else "")
