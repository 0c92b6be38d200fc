"""The machine interface of approved organisations: one code, one signed answer (R-RPT-26), described in OpenAPI.

A key opens it, sent as a bearer token, and no cookie. Not here: the look-up (`domain/organisations/asking.py`).
"""

import json
from functools import cache
from urllib.parse import unquote

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from webapp import places
from webapp.domain import clock, limits, signing
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import api_keys, asking, keeping
from webapp.domain.organisations.asking import Asker, Checked
from webapp.domain.refused import Refused
from webapp.domain.reports import receipts, verifying
from webapp.domain.reports.verifying import Answer
from webapp.models.organisations import ApiKey, Organisation
from webapp.web import errors, visits, words
from webapp.web.access import public
from webapp.web.page import show
from webapp.web.verify.blueprint import keep_out

bp = Blueprint("api", __name__, url_prefix="/api")
bp.after_request(keep_out)

PROBLEM = "application/problem+json"

STATUS = {
    "api_key": 401,
    "member_suspended": 403,
    "consent_empty": 400,
    "consent_long": 400,
    "report_pin_limit": 429,
    "member_quota": 429,
    "member_busy": 429,
}
"""The status of a refusal; of any other (what is wrong in a code or a PIN) 422."""

ERRORS = {
    "api_key": _l("没有密钥，或者密钥不对、已停用"),
    "member_suspended": _l("单位已被停用"),
    "consent_empty": _l("没有授权书编号"),
    "consent_long": _l("授权书编号太长"),
    "report_code_legacy": _l("12 位的是别的网站以前的验证码"),
    "report_code_length": _l("验证码不是 16 位"),
    "report_code_format": _l("验证码里有不该有的字"),
    "report_code_digit": _l("验证码输错了一位，不扣次数"),
    "report_pin_wrong": _l("查看密码不对"),
    "report_pin_limit": _l("查看密码错得太多，Retry-After 秒后再试"),
    "member_quota": _l("今天的次数用完，Retry-After 秒后再查"),
    "member_busy": _l("一分钟里查得太多，Retry-After 秒后再查"),
}
"""When each refusal comes, for developers."""

UNKNOWN_KEY = _l("没有密钥，或者密钥不对、已停用：Authorization 头里写 Bearer 和密钥")


@bp.get("")
@public("developers read it before they have a key")
def about() -> Response:
    errors = [(STATUS.get(code, 422), code, when) for code, when in ERRORS.items()]
    return show("verify/api.html", url=_site(), errors=errors)


@bp.get("/openapi.json")
@public("machines read it before they have a key")
def described() -> Response:
    """The interface in OpenAPI 3.1, written by hand in `templates/verify/openapi.json`, with this site's address."""
    return _json({**_description(), "servers": [{"url": _site()}]})


@bp.get("/verify/<code>")
@public("a key of an organisation opens it")
def verify(code: str) -> Response:
    """Look a code up; a consent is told in `X-Consent`, the PIN of a report that has one in `X-Pin` (both percent-encoded)."""
    key = _key()
    if key is None:
        return _problem(401, "api_key", str(UNKNOWN_KEY))
    member = key.organisation
    try:
        limits.spend("member:minute", member.key)
        asker = Asker(member, "machine", visits.network(), api_key=key)
        checked = asking.check(asker, code, _header("X-Consent"), _header("X-Pin"))
    except Refused as refused:
        return _refused(refused, member)
    told = _told(checked, code)
    signed = {"iss": _site(), **told}
    return _with_quota(_json({**told, "jws": signing.sign_json(signed)}), member, checked.left)


@bp.errorhandler(HTTPException)
def http(fault: HTTPException) -> Response:
    return _problem(fault.code or 400, "request", fault.name)


@bp.errorhandler(Exception)
def bug(fault: Exception) -> Response:
    """A fault of ours: logged like any other, with its reference for who asks."""
    reference = errors.bug(fault).headers["X-Reference"]
    answer = _problem(500, "fault", _("出了故障，编号 %(reference)s", reference=reference))
    answer.headers["X-Reference"] = reference
    return answer


def _site() -> str:
    return current_app.config["SETTINGS"].url.rstrip("/")


def _key() -> ApiKey | None:
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    return api_keys.known(text.strip()) if kind.lower() == "bearer" and text.strip() else None


def _header(name: str) -> str:
    """Headers are ASCII: what is not is written as in an address."""
    return unquote(request.headers.get(name, ""))


def _told(checked: Checked, code: str) -> dict[str, object]:
    """The answer without its signature: which code was asked, what its page shows, and when that was.

    It names the code whatever the verdict, so that no signed answer can stand for that to another code.
    """
    found = checked.found
    successor = verifying.successor(found) if checked.verdict == "corrected" else None
    return {
        "code": verification_codes.grouped(verification_codes.read(code)),
        "checked_at": f"{checked.look.at.isoformat()}Z",
        "title": None,
        "issuer": None,
        "ends": None,
        "fields": [],
        "successor": successor and verification_codes.grouped(successor),
        **receipts.shown(Answer(checked.verdict, found, checked.look.look_id)),
    }


def _refused(refused: Refused, member: Organisation) -> Response:
    code = refused.code
    answer = _problem(STATUS.get(code, 422), code, words.say(refused))
    if answer.status_code == 429:
        answer.headers["Retry-After"] = str(max(1, clock.seconds(refused.facts["until"]) - clock.seconds(clock.now())))
    return _with_quota(answer, member, max(0, asking.remaining(member)))


def _problem(status: int, code: str, title: str) -> Response:
    """RFC 9457: `code` is for programs, `title` for people."""
    answer = _json({"type": url_for("api.about", _anchor=code), "title": title, "status": status, "code": code})
    answer.status_code, answer.mimetype = status, PROBLEM
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _with_quota(answer: Response, member: Organisation, left: int) -> Response:
    midnight = clock.day_bounds(clock.today())[1]
    answer.headers["RateLimit-Limit"] = str(keeping.quota(member))
    answer.headers["RateLimit-Remaining"] = str(left)
    answer.headers["RateLimit-Reset"] = str(clock.seconds(midnight) - clock.seconds(clock.now()))
    return answer


def _json(told: object) -> Response:
    answer = Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@cache
def _description() -> dict[str, object]:
    return json.loads((places.find("templates") / "verify" / "openapi.json").read_text("utf-8"))
