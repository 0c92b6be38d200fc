"""The pages for everybody: what is open now and until when, the campaign's notice, help, and what the law asks for.

Not here: the student's own record (`records/`).
"""

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import checks, clock, defaults, news, surveys, windows
from webapp.domain.duplicates import cases
from webapp.domain.identity import names
from webapp.domain.permissions import Can
from webapp.models.accounts import Account
from webapp.models.checks import Check
from webapp.models.school import Campaign
from webapp.web import access, language, links, told
from webapp.web.access import allow, public
from webapp.web.page import go, show, swap

bp = Blueprint("home", __name__)

for _tell in (told.label, told.column_label, told.day, told.short_day, told.moment, told.status_advice):
    bp.add_app_template_global(_tell)

LONGEST_BAR = 31
"""Days that the bar under a deadline can show one by one."""


@bp.get("/")
@public("the front page")
def home() -> Response:
    if _student() and access.account().state == "duplicate":
        return _in_doubt(access.account())
    campaigns = windows.announced()
    own = {check.campaign_id: check for check in _own_checks()}
    first = next((one for one in campaigns if one.id in own), campaigns[0] if campaigns else None)
    others = [one for one in campaigns if one is not first and checks.phase(one) != "undated"]
    hero = _hero(first, own.get(first.id)) if first else None
    facts = {
        "hero": hero,
        "others": others,
        "later": windows.later(campaigns),
        "offices": windows.offices(),
        "newest": news.current(),
    }
    return show("home/home.html", **facts, phase=checks.phase, signed_in=_student())


def _in_doubt(account: Account) -> Response:
    """The front page of an account whose identity is somebody else's too: the one task, settings, help (R-DUP-26)."""
    return show("duplicates/home.html", name=names.masked(account.name), to_do=cases.to_do(account))


def _own_checks() -> list[Check]:
    return windows.of(access.account()) if _student() else []


def _student() -> bool:
    return current_user.is_authenticated and current_user.kind == "student"


def _hero(campaign: Campaign, check: Check | None) -> dict:
    """What the front page and the campaign's page tell of one campaign, with the student's own state where there is one."""
    last = checks.deadline(check) if check else campaign.ends
    passed = (clock.today() - campaign.starts).days if campaign.starts else 0
    whole = (last - campaign.starts).days + 1 if last and campaign.starts else 0
    return {
        "campaign": campaign,
        "phase": checks.phase(campaign),
        "check": check,
        "last": last,
        "left": windows.time_left(last) if last else None,
        "bar": (passed, whole) if 0 < whole <= LONGEST_BAR else None,
        "late": check is not None and checks.is_late(check),
    }


@bp.get("/campaigns/<key>")
@public("a school's notice is for everybody")
def campaign(key: str) -> Response:
    """The notice with guide and questions in place; dates, room and phone come from the tables (R-CHK-16)."""
    announced = windows.announced()
    found = next((one for one in announced if one.key == key), None) or abort(404)
    check = next((one for one in _own_checks() if one.campaign_id == found.id), None)
    same = [one for one in announced if one.unit_id == found.unit_id]
    facts = _hero(found, check)
    more = {"later": windows.later(same), "contacts": windows.contacts(found), "signed_in": _student()}
    return show("home/campaign.html", **facts, **more, language=language.chosen())


@bp.get("/archive")
@public("who is not logged in learns here how to get to the records")
def archive() -> Response:
    """学籍查询, 学历查询 and the archive's own name lead here: the records, or 注册 and 登录 (R-ACC-60)."""
    return go(url_for("records.index")) if _student() else show("home/archive.html")


@bp.get("/menu")
@allow(Can.OWN_RECORD)
def menu() -> Response:
    return show("home/menu.html", items=_menu())


def _menu() -> list[tuple[str, str | None]]:
    """The words of the schools' notices in their order, each with its address or none (暂未开通) (R-ACC-60)."""
    places = links(False)
    return [
        (_("学籍信息（图像校对）"), url_for("records.index")),
        (_("账号信息"), places.get("me")),
        (_("消息推送"), places.get("notices")),
        (_("解绑账号"), None),
        (_("登录日志"), places.get("log")),
        (_("高等教育信息"), url_for("records.index")),
        (_("录取信息"), None),
        (_("资助信息"), None),
        (_("在线验证报告"), url_for("reports.index")),
        (_("出国教育背景服务"), url_for("transfers.services")),
        (_("国际合作申请"), url_for("transfers.index")),
        (_("图像校对"), url_for("photos.index")),
        (_("学校满意度"), url_for("surveys.survey") if surveys.is_open() else None),
        (_("个人测评"), url_for("assessment.questions") if defaults.value("mod.assessment") else None),
    ]


@bp.get("/about/privacy")
@public("read before registering")
def privacy() -> Response:
    return _text(_("隐私政策"), "privacy")


@bp.get("/about/terms")
@public("read before registering")
def terms() -> Response:
    return _text(_("用户协议"), "terms")


@bp.get("/about/<any(privacy,terms):text>/words")
@public("read before registering")
def words(text: str) -> Response:
    """The text alone, for the page that asks whether one agrees to it; a browser goes to the text's own page."""
    return swap("home/_text.html", url_for(f"home.{text}"), text=_file(text))


@bp.get("/about/accessibility")
@public("read before anything else")
def accessibility() -> Response:
    return _text(_("无障碍"), "accessibility")


def _text(name: str, text: str) -> Response:
    return show("home/text.html", name=name, text=_file(text))


def _file(text: str) -> str:
    return f"texts/{language.chosen()}/{text}.html"
