"""The blueprint of the holders' pages of reports, and whose record or report an address may name."""

from flask import Blueprint, abort
from flask_babel import gettext as _

from webapp.domain import records
from webapp.domain.reports import content, holding
from webapp.models.records import Record
from webapp.models.reports import OnlineReport
from webapp.web import access, gate, language

bp = Blueprint("reports", __name__)


def own_record(key: str) -> Record:
    """The visitor's record under that address; another's, and none, are 404 alike."""
    gate.behind(access.account())
    return next((one for one in records.mine(access.account()) if one.key == key), None) or abort(404)


def own(key: str) -> OnlineReport:
    """The visitor's report under that address."""
    gate.behind(access.account())
    return holding.find(access.account(), key) or abort(404)


def called(kind: str) -> str:
    """学籍在线验证报告, 学历证书电子注册备案表: what a report of this kind is called in the reader's language."""
    title = content.TITLES[kind]
    return title.zh if language.chosen() == "zh" else title.en


def written_in(code: str) -> str:
    """The language of a report, in words."""
    return _("中文") if code == "zh" else _("英文")


def number(typed: object) -> int:
    """Months as they come from a form; 0, which no rule allows, for what is no number."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
