"""The choice: what each way asks, how long it takes, what happens to the other account; and giving the claim up.

Not here: the ways themselves (`photos.py`, `record.py`, `classmates.py`).
"""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField

from webapp.domain import defaults
from webapp.domain.duplicates import cascade, cases, effect, sending
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.duplicates import CLOSED, Party
from webapp.web import access, visits
from webapp.web.access import allow
from webapp.web.duplicates.blueprint import bp, there
from webapp.web.duplicates.words import SERVICES
from webapp.web.forms import Form, choices, rule
from webapp.web.liveness.blueprint import faces
from webapp.web.page import go, leave, show

MAY_LEAVE = ("open", "waiting", "refused", "approved")
"""States from which the last claimant may take the claim back; while somebody looks at it, nobody does."""


def chosen(way: str) -> None:
    if not way:
        raise Refused("way_missing")


def warned(ticked: bool) -> None:
    if not ticked:
        raise Refused("warning_unread")


class ChooseForm(Form):
    way = RadioField(_l("选择解决办法"), [rule(chosen)], validate_choice=False)
    warned = BooleanField(_l("我知道其他账号会被注销，继续"), [rule(warned)])

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.places = places()
        words = {
            "face": _("实人验证"),
            "record": _("提供学籍或学历信息"),
            "classmates": _("大学同班同学协助"),
            "photos": _("人工审核"),
            "in_person": _("当面核验"),
            "ask": _("人工客服"),
        }
        self.way.choices = choices((way, words[way]) for way in self.places)
        if self.way.data not in self.places:
            self.way.data = ""


def places() -> dict[str, str]:
    """Each way that is open here, in the order in which it is offered, with its first page."""
    ways = {
        "face": url_for("liveness.claimed") if faces().online() else "",
        "record": url_for("duplicates.record"),
        "classmates": url_for("duplicates.classmates"),
        "photos": url_for("duplicates.photos"),
        "in_person": there("/duplicate/in-person"),
        "ask": there("/ask"),
    }
    return {way: place for way, place in ways.items() if place}


@bp.get("/duplicate")
@allow(Can.OWN_ACCOUNT)
def choose() -> Response:
    """选择解决办法; an account that is not in doubt (any more) is told how its case ended."""
    if access.account().state != "duplicate":
        return go(url_for("duplicates.status"))
    return _choose(ChooseForm())


@bp.post("/duplicate")
@allow(Can.CLAIM)
def start() -> Response:
    form = ChooseForm()
    if not form.validate():
        return _choose(form, 422)
    cases.accept(access.account())
    return go(form.places[form.way.data])


def _choose(form: ChooseForm, status: int = 200) -> Response:
    account = access.account()
    party = cases.of(account)
    live = party is not None and party.claim.state not in CLOSED
    return show(
        "duplicates/choose.html",
        status,
        form=form,
        texts=_texts(party),
        pills=_pills(),
        party=party if live else None,
        several=live and len(cases.parties(party.claim)) > 1,
        services=[SERVICES[name] for name in cascade.under_way(cases.rivals(party.claim))] if live else [],
        place=url_for("duplicates.status") if sending.log(account) else None,
        hours=defaults.value("dup.hold_hours"),
        days=defaults.value("dup.restore_days"),
    )


def _texts(party: Party | None) -> dict[str, str]:
    """What each way asks for, in a sentence or two."""
    left = sending.tries(party) if party is not None else None
    need, most = defaults.value("dup.classmates_need"), defaults.value("dup.classmates_invite")
    days = defaults.value("dup.classmates_days")
    photos = _("拍几张手持证件的照片，老师人工核对。")
    if left is not None:
        photos += _("今日剩余%(today)s次，累计剩余%(total)s次。", today=left.today, total=left.total)
    return {
        "face": _("对着手机拍一下脸，和学校存的照片比对；画面比对完就删除，失败两次改用人工审核。"),
        "record": _(
            "填学校名称、学号、入学年份和层次，已经毕业的填毕业证书上的三项，"
            "和学校登记的一致就通过；原账号近期用过的，还要老师再看。"
        ),
        "classmates": _("最多找 %(most)s 位同班同学，%(days)s 天内有 %(need)s 位确认认识你。", most=most, days=days, need=need),
        "photos": photos,
        "in_person": _("带证件到学籍科，两位老师当面核对，不用拍照。"),
        "ask": _("上面的办法都不行，写下情况，由客服处理。"),
    }


def _pills() -> dict[str, tuple[str, str]]:
    days = defaults.value("dup.sla_workdays")
    human = _("%(days)s 个工作日内", days=days)
    return {
        "face": ("ok", _("推荐")),
        "record": ("", _("当天")) if faces().online() else ("ok", _("推荐")),
        "classmates": ("", _("当天")),
        "photos": ("", human),
        "in_person": ("", _("当场")),
        "ask": ("", human),
    }


@bp.get("/duplicate/leave")
@allow(Can.CLAIM)
def ask_leave() -> Response:
    """用原账号: what giving the claim up means."""
    return show("duplicates/leave.html", form=Form(), may=_may_leave())


@bp.post("/duplicate/leave")
@allow(Can.CLAIM)
def give_up() -> Response:
    """The claim ends, this account lets go of its phone, and the visitor comes in by the other one."""
    if not Form().validate() or not _may_leave():
        return go(url_for("duplicates.ask_leave"))
    effect.give_up(access.account())
    visits.renew()
    return access.drop_session(leave(url_for("accounts.login")))


def _may_leave() -> bool:
    party = cases.of(access.account())
    if party is None or party.claim.state in CLOSED:
        return True
    return party.claim.state in MAY_LEAVE or len(cases.parties(party.claim)) > 1
