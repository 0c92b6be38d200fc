"""认领学历: what stands on a certificate whose record was not found, with a picture of it, for the office (R-BND-22)."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from werkzeug.wrappers import Response
from wtforms import StringField

from webapp.domain import certificate_claims, clock, reported, workdays
from webapp.domain.certificate_claims import Certificate
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.domain.tickets import asking
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.web import access, words
from webapp.web.access import allow, takes
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.records.blueprint import bp

BYTES = 32 * 1024 * 1024
"""What one claim may weigh on its way in, pictures included."""


def _strip(text: str | None) -> str:
    return (text or "").strip()


class ClaimForm(Form):
    certificate = StringField(_l("证书编号"), filters=[_strip])
    serial = StringField(_l("证书序列号"), filters=[_strip])
    year = StringField(_l("毕业年份"), filters=[_strip])
    school = StringField(_l("毕业学校"), filters=[_strip])
    files = MultipleFileField(_l("毕业证书的照片"))

    def said(self) -> Certificate:
        """What was typed. Raises year_format."""
        year = self.year.data
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise Refused("year_format", field="year")
        return Certificate(self.certificate.data, self.serial.data, self.school.data, int(year))

    def pictures(self) -> list[bytes]:
        sent = [file.read() for file in self.files.data or () if file]
        for data in sent:
            reported.check_file(data)
        return sent


@bp.get("/records/claim")
@allow(Can.OWN_RECORD)
def claim() -> Response:
    return _claim(ClaimForm())


@bp.post("/records/claim")
@allow(Can.OWN_RECORD)
@takes(BYTES)
def make_claim() -> Response:
    """Nothing is stored before everything about it holds; the office's answer comes as that to a question."""
    form = ClaimForm()
    try:
        if not form.validate():
            return _claim(form, 422)
        said, pictures = form.said(), form.pictures()
        certificate_claims.look_over(said, len(pictures))
        ticket = certificate_claims.claim(access.account(), said, _text(said), [_keep(data) for data in pictures])
    except Refused as refused:
        form.refuse(refused)
        return _claim(form, 422)
    return go(url_for("tickets.ticket", key=ticket.key))


def _text(said: Certificate) -> str:
    facts = {"number": said.number, "serial": said.serial or "—", "school": said.school, "year": said.year}
    return _("认领学历：证书编号 %(number)s，证书序列号 %(serial)s，%(school)s，%(year)s 年毕业", **facts)


def _keep(data: bytes) -> Upload:
    files = Files(current_app.extensions["worker"].outside.storage)
    return files.keep(data, "ticket_file", account=access.account(), expires=clock.now() + asking.UNNAMED)


def _claim(form: ClaimForm, status: int = 200) -> Response:
    waiting = certificate_claims.waits(access.account())
    due = words.told(waiting.ticket.due if waiting else workdays.due(clock.now(), certificate_claims.WORKDAYS))
    return show("records/claim.html", status, form=form, due=due, waiting=waiting, count=asking.FILES)
