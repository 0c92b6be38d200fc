"""公告: written, looked at as everybody will read it, published from a day until a day, taken off again (R-MSG-17).

Not here: reading it (`web/news/`), nor the official account (`official.py`).
"""

from flask import Blueprint, abort, current_app, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from webapp.domain import clock, news, official
from webapp.domain.news import Publisher, Text
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.news import News
from webapp.models.photos import Upload
from webapp.providers.files import Files
from webapp.providers.images_pillow import kind_of
from webapp.web import access, news_words, told
from webapp.web.access import allow, takes
from webapp.web.forms import Form, choices
from webapp.web.page import go, show
from webapp.web.staff import paging
from webapp.web.staff.fields import Day

bp = Blueprint("staff_news", __name__, url_prefix="/staff/news")

PDF = "application/pdf"

BYTES = news.FILE_BYTES + (1 << 20)
"""What one file may weigh on its way in, with its form."""


def _stripped(text: str | None) -> str:
    return (text or "").strip().replace("\r\n", "\n")


class NewsForm(Form):
    publisher = SelectField(_l("谁发布"), [Optional()])
    kind = RadioField(_l("类型"), [InputRequired(_l("选要闻、专题或重要信息"))], choices=choices(news_words.KINDS.items()))
    title = StringField(_l("标题"), [InputRequired(_l("写标题"))], filters=[_stripped])
    body = TextAreaField(_l("正文"), [InputRequired(_l("写正文"))], filters=[_stripped])
    starts = Day(_l("从哪天起显示"), [InputRequired(_l("写从哪天起显示"))])
    ends = Day(_l("显示到哪天"), [Optional()])
    pinned = BooleanField(_l("置顶"))

    def text(self) -> Text:
        return Text(self.kind.data, self.title.data, self.body.data, self.starts.data, self.ends.data, self.pinned.data)


class AttachForm(Form):
    file = FileField(_l("附件"))


@bp.get("")
@allow(Can.NEWS)
def index() -> Response:
    page = news.listed(access.actor(), paging.place(News))
    facts = {"words": news_words.KINDS, "states": news_words.STATES, "whose": news_words.whose, "day": told.day}
    near = paging.neighbours(page, "staff_news.index")
    return show("staff/news/index.html", rows=page.rows, neighbours=near, **facts, official=official.may_change(access.actor()))


@bp.get("/new")
@allow(Can.NEWS)
def new() -> Response:
    return _written(_offered(NewsForm(data={"starts": clock.today()})))


@bp.post("/new")
@allow(Can.NEWS)
def write() -> Response:
    form = _offered(NewsForm())
    if form.validate_on_submit():
        try:
            made = news.write(access.actor(), _publisher(form), form.text(), current_user.staff)
            return go(url_for("staff_news.one", key=made.key))
        except Refused as refused:
            form.refuse(refused)
    return _written(form, status=422)


@bp.get("/<key>")
@allow(Can.NEWS)
def one(key: str) -> Response:
    """As everybody will read it, with what may be done."""
    return _one(_found(key))


@bp.get("/<key>/edit")
@allow(Can.NEWS)
def edit(key: str) -> Response:
    found = _found(key)
    return _written(_changing(NewsForm(obj=found)), found)


@bp.post("/<key>/edit")
@allow(Can.NEWS)
def change(key: str) -> Response:
    found, form = _found(key), _changing(NewsForm())
    if form.validate_on_submit():
        try:
            news.change(access.actor(), found, form.text())
            return go(url_for("staff_news.one", key=key))
        except Refused as refused:
            form.refuse(refused)
    return _written(form, found, 422)


@bp.post("/<key>/publish")
@allow(Can.NEWS)
def publish(key: str) -> Response:
    return _move(_found(key), "publish")


@bp.post("/<key>/withdraw")
@allow(Can.NEWS)
def withdraw(key: str) -> Response:
    return _move(_found(key), "withdraw")


@bp.post("/<key>/files")
@allow(Can.NEWS)
@takes(BYTES)
def attach(key: str) -> Response:
    found, form = _found(key), AttachForm()
    if form.validate_on_submit():
        try:
            upload, name = _kept(form.file.data)
            news.attach(access.actor(), found, upload, name)
            return go(url_for("staff_news.one", key=key))
        except Refused as refused:
            form.refuse(refused, "file")
    return _one(found, form, 422)


@bp.post("/<key>/files/<file>/remove")
@allow(Can.NEWS)
def detach(key: str, file: str) -> Response:
    found, form = _found(key), Form()
    kept = next((kept for kept in news.files(found) if kept.key == file), None) or abort(404)
    if form.validate_on_submit():
        news.detach(access.actor(), kept)
        return go(url_for("staff_news.one", key=key))
    return _one(found, status=422)


def _found(key: str) -> News:
    return news.find(access.actor(), key) or abort(404)


def _offered(form: NewsForm) -> NewsForm:
    """For whom one may write; where there is but one, nothing is asked."""
    mine = news.publishers(access.actor())
    form.publisher.choices = choices((one.code, news_words.whose(one)) for one in mine)
    return form


def _changing(form: NewsForm) -> NewsForm:
    """Who says it stays as it is."""
    del form.publisher
    return form


def _publisher(form: NewsForm) -> Publisher:
    mine = news.publishers(access.actor()) or abort(404)
    return next((one for one in mine if one.code == form.publisher.data), mine[0])


def _written(form: NewsForm, found: News | None = None, status: int = 200) -> Response:
    several = found is None and len(form.publisher.choices) > 1
    return show("staff/news/write.html", status, form=form, one=found, several=several, most=news.BODY)


def _one(found: News, attaching: AttachForm | None = None, status: int = 200, said: str = "") -> Response:
    kept = news.files(found)
    return show(
        "staff/news/one.html",
        status,
        one=found,
        kind=news_words.KINDS[found.kind],
        publisher=news_words.whose(found),
        state=news_words.STATES[found.state],
        kept=kept,
        files=[],
        over=news.is_over(found),
        said=said,
        day=told.day,
        form=attaching or AttachForm(formdata=None),
        plain=Form(formdata=None),
        most=(news.FILES, news.FILE_BYTES >> 20),
    )


def _move(found: News, name: str) -> Response:
    form = Form()
    if not form.validate_on_submit():
        return _one(found, status=422)
    try:
        news.NEWS.move(found, name, access.actor(), updated=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return _one(found, status=409, said=form.form_errors[0])
    return go(url_for("staff_news.one", key=found.key))


def _kept(file: FileStorage | None) -> tuple[Upload, str]:
    """The file, stored and sealed; a PDF or a picture by its first bytes, whatever it is called."""
    data = file.read(news.FILE_BYTES + 1) if file else b""
    if not data:
        raise Refused("news_file_missing")
    if len(data) > news.FILE_BYTES:
        raise Refused("news_file_heavy", most=news.FILE_BYTES >> 20)
    is_pdf = data.startswith(b"%PDF-")
    if not is_pdf and kind_of(data) is None:
        raise Refused("news_file_kind")
    files = Files(current_app.extensions["worker"].outside.storage)
    media = PDF if is_pdf else "application/octet-stream"
    upload = files.keep(data, "news_file", media=media, expires=clock.now() + news.UNNAMED)
    return upload, (file.filename or "").strip() or str(_l("附件"))
