"""Papers sent out for checking: asked of an office of this site, or with a letter whose reply is filed (R-CRT-35, R-CRT-49).

Not here: how an office answers (`staff/checking_requests.py`).
"""

from flask import Response as Answer
from flask import abort, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.domain import clock, papers
from webapp.domain.certification import checking, desk, materials
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.certification import ApplicationItem
from webapp.models.checking import Checking
from webapp.web import access, paper, stored, told
from webapp.web import certification_words as every
from webapp.web import words as sentences
from webapp.web.access import allow, takes
from webapp.web.brought_pictures import MOST, sent
from webapp.web.page import go
from webapp.web.staff import pictures
from webapp.web.staff.certification.blueprint import bp
from webapp.web.staff.certification.forms import LetterForm, OfficeForm, ReplyForm
from webapp.web.staff.certification.item import found, screen


@bp.post("/<key>/check")
@allow(Can.CERTIFY)
def check(key: str) -> Response:
    there = found(key)
    form = OfficeForm(checking.offices(there), prefix="office")
    try:
        if form.validate():
            checking.send(there, access.actor(), form.office.data or "", form.question.data)
            return go(url_for(".queue"))
    except Refused as refused:
        form.refuse(refused)
    return screen(found(key), 422, office=form)


@bp.post("/<key>/letter")
@allow(Can.CERTIFY)
def write(key: str) -> Response:
    there, form = found(key), LetterForm(prefix="letter")
    try:
        if form.validate():
            checking.write(there, access.actor(), form.question.data, form.name.data, form.address.data)
            return go(url_for(".item", key=key))
    except Refused as refused:
        form.refuse(refused)
    return screen(found(key), 422, letter=form)


@bp.post("/<key>/letters/<letter>")
@allow(Can.CERTIFY)
def print_letter(key: str, letter: str) -> Response:
    """The letter as a PDF, which a job draws."""
    there = found(key)
    one = _letter(there, letter)
    checking.print_letter(one, access.actor())
    back = url_for(".item", key=key)
    asked = papers.ask(current_user.staff, "checking_letter", _data(there, one), name="checking-letter", back=back)
    return go(url_for("staff_papers.paper", key=asked.key))


@bp.post("/<key>/letters/<letter>/reply")
@allow(Can.CERTIFY)
@takes(MOST + (64 << 10))
def reply(key: str, letter: str) -> Response:
    """What came back on paper, with its picture where somebody made one."""
    there, form = found(key), ReplyForm(prefix="reply")
    one = _letter(there, letter)
    try:
        if form.validate():
            checking.files(one, access.actor(), form.answer.data or "")
            brought = form.camera.data or form.album.data
            until = materials.waits_until()
            kept = stored.files().keep(sent(form), "checking_reply", expires=until) if brought else None
            checking.file(one, access.actor(), form.answer.data or "", form.note.data, kept)
            return go(url_for(".item", key=key))
    except Refused as refused:
        form.refuse(refused, "album" if refused.code.startswith("picture") else None)
    return screen(found(key), 422, reply=form)


@bp.get("/<key>/letters/<letter>/reply.jpg")
@allow(Can.CERTIFY)
def reply_picture(key: str, letter: str) -> Answer:
    there = found(key)
    one = _letter(there, letter)
    try:
        desk.look(there, access.actor())
    except Refused:
        abort(404)
    return pictures.marked(one.upload, there.key)


@bp.post("/<key>/checkings/<letter>/recall")
@allow(Can.CERTIFY)
def recall(key: str, letter: str) -> Response:
    """No answer is waited for any more."""
    one = checking.find(found(key), letter) or abort(404)
    try:
        checking.recall(one, access.actor())
    except Refused as refused:
        return screen(found(key), 409, said=sentences.say(refused))
    return go(url_for(".item", key=key))


def _letter(there: ApplicationItem, key: str) -> Checking:
    one = checking.find(there, key)
    return one if one is not None and one.way == "letter" else abort(404)


def _data(there: ApplicationItem, one: Checking) -> dict[str, object]:
    """What `templates/pdf/checking_letter.typ` asks for: the school needs name, certificate and what is asked, no more."""
    agency, application = there.agency, there.application
    return paper.of(
        agency.name,
        _("学历证书核查函"),
        caption=_("编号 %(number)s", number=one.number),
        to=one.name,
        address=one.address,
        opening=_(
            "为办理学历认证，需要你校核查下列证书，并在 %(day)s 前把结果寄回。", day=told.day(clock.shown(one.due).date())
        ),
        rows=[
            (_("申请项目"), str(every.KINDS[there.kind])),
            (_("证书持有人"), application.holder_name),
            (_("概要"), there.summary),
            (_("证书编号"), there.certificate or "—"),
            (_("要核查什么"), one.question or "—"),
        ],
        answers=[_("一致"), _("不一致，差别是："), _("查无此人")],
        result=_("核查结果"),
        sender=[agency.name, agency.address, agency.phone],
        sign=_("核查人（签名）、单位（盖章）、日期："),
    )
