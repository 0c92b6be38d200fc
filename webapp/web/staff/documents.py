"""通知, 指南, 常见问题 of a campaign as Word file and PDF, from the pieces of its page and the contact table (R-CHK-19)."""

from io import BytesIO
from typing import NamedTuple

import segno
from flask import Blueprint, Response, abort, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from webapp.domain import campaigns, checks, clock, papers, windows
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.school import Campaign
from webapp.web import access, blocks, language, paper, told, words
from webapp.web.access import allow
from webapp.web.blocks import Block
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.templating import context, template

bp = Blueprint("staff_documents", __name__, url_prefix="/staff/campaigns/<key>/documents")

DOCUMENTS = {"notice": _l("通知"), "guide": _l("新生学籍自查指南"), "faq": _l("常见问题")}
ANY = f"any({', '.join(DOCUMENTS)}):document"


class Made(NamedTuple):
    """A document before it has a form."""

    title: str
    blocks: list[Block]
    sign: list[str]
    link: str


@bp.get("")
@allow(Can.CAMPAIGNS)
def index(key: str) -> Response:
    return _index(_found(key))


@bp.get(f"/<{ANY}>.docx")
@allow(Can.CAMPAIGNS)
def word(key: str, document: str) -> Response:
    from webapp.providers import docx_export  # its XML library is big, and most processes never write a document

    made = _made(_found(key), document)
    data = docx_export.write(made.title, made.blocks, sign=made.sign, link=made.link, made=clock.now())
    answer = Response(data, mimetype=docx_export.KIND)
    answer.headers["Content-Disposition"] = f'attachment; filename="{document}.docx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post(f"/<{ANY}>")
@allow(Can.CAMPAIGNS)
def ask(key: str, document: str) -> Response:
    """As a PDF, which a job draws."""
    found = _found(key)
    if not Form().validate_on_submit():
        return _index(found, 422)
    made = _made(found, document)
    qr = BytesIO()
    segno.make(made.link, error="m", micro=False).save(qr, kind="svg", scale=4, border=0)
    drawn = {"qr": qr.getvalue().decode(), "qr_says": _("扫码打开自查页面")}
    data = paper.of(found.unit.name, made.title, blocks=made.blocks, sign=made.sign, **drawn)
    try:
        back = url_for("staff_documents.index", key=key)
        asked = papers.ask(current_user.staff, "document", data, name=document, back=back)
    except Refused as refusal:
        return _index(found, 409, words.say(refusal))
    return go(url_for("staff_papers.paper", key=asked.key))


def _index(found: Campaign, status: int = 200, said: str = "") -> Response:
    return show(
        "staff/campaigns/documents.html",
        status,
        campaign=found,
        documents=DOCUMENTS,
        contacts=windows.contacts(found),
        shown=checks.phase(found) != "closed",
        form=Form(),
        said=said,
    )


def _made(found: Campaign, document: str) -> Made:
    link = _link(found)
    heading = str(DOCUMENTS[document])
    html = template("staff/campaigns/_document.html").render(
        context(
            which=document,
            heading=heading,
            campaign=found,
            later=windows.later([found]),
            contacts=windows.contacts(found),
            language=language.chosen(),
            address=link,
        )
    )
    notice = _("关于%(campaign)s的通知", campaign=found.title)
    title = notice if document == "notice" else f"{found.title} · {heading}"
    return Made(title, blocks.read(html), [found.unit.name, told.day(clock.today())], link)


def _link(found: Campaign) -> str:
    return current_app.config["SETTINGS"].url.rstrip("/") + url_for("home.campaign", key=found.key)


def _found(key: str) -> Campaign:
    return campaigns.find(access.actor(), key) or abort(404)
