"""The screens of what a school may switch on besides: 学校满意度 for students and for the office, and 个人测评."""

from collections.abc import Iterator

from tests.browser.guide import Guide, Shot, Tour
from tests.browser.visitor import DESK, Visitor
from webapp.domain import surveys
from webapp.models.surveys import Survey


def _scored(me: Visitor, words: str) -> Visitor:
    """Give every question a score and send the form."""
    rows = me.page.locator(".scale")
    for n in range(rows.count()):
        rows.nth(n).locator("input").nth((3 * n + 1) % surveys.SCORES).check()
    return me.press(words)


def rating(guide: Guide) -> Iterator[Shot]:
    me = guide.open(guide.several("confirmed", 46)[44 + (guide.language == "en")].account).visit("/menu")
    yield "survey", me.follow("学校满意度")
    yield "survey-errors", me.press("提交评分")
    yield "survey-over", _scored(me, "提交评分")
    yield "survey-nobody", guide.open(guide.stuck()).visit("/survey")


def assessing(guide: Guide) -> Iterator[Shot]:
    me = guide.open(guide.several("confirmed", 46)[-1].account).visit("/assessment")
    yield "assessment", me
    yield "assessment-result", _scored(me, "看结果")


def counting(guide: Guide) -> Iterator[Shot]:
    ni = guide.open(guide.staff("ni"), DESK)
    yield "staff-surveys", ni.visit("/staff/surveys")
    newest = Survey.get()
    Survey.update(shown="{}").where(Survey.id == newest.id).execute()
    yield "staff-surveys-few", ni.visit("/staff/surveys")
    Survey.update(shown=newest.shown).where(Survey.id == newest.id).execute()


STUDENTS: tuple[Tour, ...] = (rating, assessing)
STAFF: tuple[Tour, ...] = (counting,)
