"""How it goes: where the case stands, what was handed in and what became of it, who looked at the photos, taking it back."""

from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.domain import clock
from webapp.domain.duplicates import cases, review, sending
from webapp.domain.identity import documents, names
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.duplicates import CLOSED, Claim, Party, Submission
from webapp.models.staff import Staff
from webapp.web import access, told
from webapp.web.access import allow
from webapp.web.duplicates import words
from webapp.web.duplicates.blueprint import OVER, bp
from webapp.web.forms import Form
from webapp.web.page import go, show
from webapp.web.words import told as when
from webapp.web.words.reasons import REASONS


class Verdict(NamedTuple):
    """The headline: kind of sign, words, a sentence below."""

    kind: str
    words: str
    lead: str


class Line(NamedTuple):
    """A row of the log (R-DUP-13)."""

    way: str
    made: str
    pill: tuple[str, str]
    why: list[str]


@bp.get("/duplicate/status")
@allow(Can.OWN_ACCOUNT)
def status() -> Response:
    account = access.account()
    handed_in = sending.log(account)
    if cases.of(account) is None and not handed_in:
        return go(url_for("duplicates.choose" if account.state == "duplicate" else "accounts.me"))
    return _status(account, handed_in, Form())


@bp.post("/duplicate/withdraw")
@allow(Can.CLAIM)
def withdraw() -> Response:
    """撤回: what was handed in is not looked at any more; the claim may begin again."""
    account, form = access.account(), Form()
    try:
        if form.validate():
            cases.withdraw(account)
            return go(url_for("duplicates.choose"))
    except Refused as refused:
        form.refuse(refused)
    return _status(account, sending.log(account), form, 422)


def _status(account: Account, handed_in: list[Submission], form: Form, status: int = 200) -> Response:
    party, in_doubt = cases.of(account), account.state == "duplicate"
    live = in_doubt and party is not None and party.claim.state not in CLOSED
    verdict = _verdict(account, party if live else None, handed_in)
    return show(
        "duplicates/status.html",
        status,
        form=form,
        verdict=verdict,
        log=[_line(one) for one in handed_in],
        reasons=_reasons(handed_in) if verdict.kind == "bad" else [],
        document=documents.masked(account.document),
        tries=sending.tries(party) if live else None,
        again=_may_send_again(party, handed_in) if live else False,
        may_withdraw=live and party.claim.state in ("open", "waiting", "refused"),
        looks=_looks(account),
        may_choose=in_doubt and (not live or party.claim.state not in OVER),
        waiting=verdict.kind == "info" and any(one.state in ("checking", "waiting") for one in handed_in),
        days=review.sla(),
    )


def _verdict(account: Account, party: Party | None, handed_in: list[Submission]) -> Verdict:
    """Where the case stands, as this claimant may know it: of other claimants nothing but that it is being reviewed."""
    if account.state == "frozen":
        lead = _("有人可能在冒用身份，核实以前只能查看账号信息。有疑问带证件到学籍科当面说明。")
        return Verdict("warn", _("账号已冻结"), lead)
    if account.state != "duplicate":
        return Verdict("ok", _("身份核验已完成"), _("这个账号可以正常使用了。"))
    newest = next((one for one in handed_in if one.party == party), None)
    if party is None or (newest is None and party.claim.state not in ("approved", "alleged")):
        return Verdict("info", _("没有正在审核的材料"), _("选一种办法，证明这个证件号码是你的。"))
    return _of_case(account, party.claim, newest)


def _of_case(account: Account, claim: Claim, newest: Submission | None) -> Verdict:
    if claim.state == "approved" and claim.winner_id == account.id:
        lead = _("%(time)s 起生效。原账号近期用过，要留出时间让对方提出异议。", time=when(claim.effective))
        soon = (claim.effective - clock.now()).total_seconds() < 3600
        return Verdict("ok", _("核验通过"), _("马上就生效，过一分钟再看。") if soon else lead)
    if claim.state in ("approved", "alleged"):
        return Verdict("info", _("该证件号码正在审核中"), _("有结果后会通知你。"))
    if newest.state in ("checking", "waiting"):
        due = told.day(clock.shown(claim.due).date()) if claim.due else ""
        lead = _("%(day)s前有结果，会用短信、邮件和站内消息通知你。", day=due) if due else _("有结果后会通知你。")
        return Verdict("info", words.state(newest)[1], lead)
    return Verdict("bad", _("审核失败"), _("照着原因改好，再提交一次；也可以换一种办法。"))


def _line(one: Submission) -> Line:
    why = [str(REASONS[code][0]) for code in one.reasons.split()] + ([one.note] if one.note else [])
    return Line(str(words.WAYS[one.way]), told.moment(one.sent), words.state(one), why)


def _reasons(handed_in: list[Submission]) -> list[tuple[str, str]]:
    """What to mend, where the newest was refused: each reason with what to do."""
    newest = handed_in[0] if handed_in else None
    if newest is None or newest.state != "refused":
        return []
    return [(str(REASONS[code][0]), str(REASONS[code][1])) for code in newest.reasons.split()]


def _may_send_again(party: Party, handed_in: list[Submission]) -> bool:
    if party.claim.state not in ("open", "refused") or any(one.state in ("checking", "waiting") for one in handed_in):
        return False
    left = sending.tries(party)
    return bool(left.today and left.total)


def _looks(account: Account) -> list[tuple[str, str]]:
    """谁看过我的照片: when, and who of the staff by a masked name."""
    seen = review.looks(account)
    keys = {event.actor.partition(":")[2] for event in seen}
    known = {one.key: names.masked(one.name) for one in Staff.select().where(Staff.key.in_(list(keys)))}
    return [(told.moment(event.at), known.get(event.actor.partition(":")[2], "*")) for event in seen]
