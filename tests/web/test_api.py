"""The machine interface: the signed answer, each refusal, and an answer to whatever else is sent (OpenAPI, schemathesis)."""

import json
from base64 import urlsafe_b64decode

import pytest
import schemathesis
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import TestResponse

from tests.members import CONSENT, Member
from tests.people import School
from tests.reporting import Holder
from tests.world import World
from webapp.domain import limits, sessions, signing
from webapp.domain.identity import verification_codes
from webapp.domain.organisations import api_keys, keeping
from webapp.domain.reports import issuing
from webapp.models.organisations import Organisation
from webapp.models.reports import Look
from webapp.models.verifications import MemberLook

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
"""What the fuzzer asks of every answer."""


class Program:
    """A program of the organisation, with its key."""

    def __init__(self, app: Flask, hr: Member) -> None:
        self.client: FlaskClient = app.test_client()
        self.row, self.text = api_keys.make(hr.actor, hr.organisation, "人事系统")

    def ask(self, code: str, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.text}", "X-Consent": CONSENT}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(f"/api/verify/{code}", headers={name: value for name, value in sent.items() if value})


@pytest.fixture
def program(app: Flask, hr: Member) -> Program:
    return Program(app, hr)


def opened(jws: str) -> dict:
    """The payload of a JWS, its signature checked against the published keys."""
    head, body, signature = (urlsafe_b64decode(part + "==") for part in jws.split("."))
    (key,) = [key for key in signing.published()["keys"] if key["kid"] == json.loads(head)["kid"]]
    x, y = (int.from_bytes(urlsafe_b64decode(key[name] + "==")) for name in "xy")
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), jws.rpartition(".")[0].encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(body)


@pytest.mark.req("RPT-26")
def test_a_valid_code_answers_with_its_fields_signed(hers: Holder, hr: Member, program: Program) -> None:
    report = hers.issue()
    answer = program.ask(verification_codes.grouped(report.code).lower())
    told = answer.get_json()
    fields = {one["name"]: one["value"] for one in told["fields"]}
    assert (answer.status_code, answer.mimetype, told["verdict"]) == (200, "application/json", "valid")
    assert (told["title"], told["issuer"], told["ends"]) == (
        "云溪职业技术学院学籍在线验证报告",
        "云溪职业技术学院",
        report.ends.isoformat(),
    )
    assert fields["name"] == hers.record.name and "document" not in fields
    assert opened(told.pop("jws")) == {"iss": "http://127.0.0.1:8000", **told}
    assert told["checked_at"] == "2026-11-16T02:00:00Z"
    look = MemberLook.get()
    assert (look.organisation, look.api_key, look.reference, look.look.way) == (
        hr.organisation, program.row, CONSENT, "machine",
    )  # fmt: skip


@pytest.mark.req("RPT-26")
def test_no_cookie_is_set_and_nothing_is_kept(hers: Holder, program: Program) -> None:
    answer = program.ask(hers.issue().code)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    headers = [answer.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")]
    assert headers == ["200", "199", str(14 * 3600)]


@pytest.mark.req("RPT-26")
def test_of_what_is_not_valid_the_verdict_alone_is_told(world: World, hers: Holder, program: Program) -> None:
    closed, expired, pinned = hers.issue(), hers.issue(), hers.issue(months=3, pin="4821")
    issuing.close(closed, hers.actor)
    world.wait(days=40)
    unknown = verification_codes.make("U")
    found = {}
    for code in (closed.code, expired.code, pinned.code, unknown):
        told = program.ask(code).get_json()
        found[told["verdict"]] = told
    assert list(found) == ["closed", "expired", "pin", "unknown"]
    assert all(hers.record.name not in json.dumps(told, ensure_ascii=False) for told in found.values())
    assert all((told["fields"], told["title"]) == ([], None) for told in found.values())
    assert found["unknown"]["code"] == verification_codes.grouped(unknown)
    assert program.ask(pinned.code, X_Pin="4821").get_json()["verdict"] == "valid"


@pytest.mark.req("RPT-26")
def test_each_refusal_is_a_problem_with_a_status_of_its_own(hers: Holder, hr: Member, program: Program) -> None:
    report = hers.issue(pin="4821")
    wrong = report.code[:-1] + ("0" if report.code[-1] != "0" else "1")
    said = [
        program.ask(report.code, Authorization=""),
        program.ask(report.code, Authorization="Bearer xdk_unknown"),
        program.ask(report.code, Authorization=f"Basic {program.text}"),
        program.ask(report.code, X_Consent=""),
        program.ask(report.code, X_Consent="%E6%8E%88" * 61),
        program.ask(wrong),
        program.ask("AP7K"),
        program.ask(report.code, X_Pin="0000"),
    ]
    assert [(one.status_code, one.get_json()["code"]) for one in said] == [
        (401, "api_key"),
        (401, "api_key"),
        (401, "api_key"),
        (400, "consent_empty"),
        (400, "consent_long"),
        (422, "report_code_digit"),
        (422, "report_code_length"),
        (422, "report_pin_wrong"),
    ]
    assert {one.mimetype for one in said} == {"application/problem+json"}
    assert said[0].headers["WWW-Authenticate"] == "Bearer"
    assert Look.select().where(Look.verdict != "pin").count() == 0
    keeping.suspend(sessions.staff_actor(hr.keeper), hr.organisation, "合同到期")
    answer = program.ask(report.code)
    assert (answer.status_code, answer.get_json()["title"]) == (403, "你的单位已被停用：合同到期")
    keeping.resume(sessions.staff_actor(hr.keeper), Organisation.get_by_id(hr.organisation.id))
    api_keys.revoke(hr.actor, program.row)
    assert program.ask(report.code).status_code == 401


@pytest.mark.req("RPT-26")
def test_past_the_quota_the_answer_is_later(world: World, hers: Holder, hr: Member, program: Program) -> None:
    code = hers.issue().code
    keeping.set_quota(sessions.staff_actor(hr.keeper), hr.organisation, 2)
    answers = [program.ask(code) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert (answers[2].headers["Retry-After"], answers[2].headers["RateLimit-Remaining"]) == (str(14 * 3600), "0")
    world.wait(hours=14)
    assert program.ask(code).status_code == 200


@pytest.mark.req("RPT-26")
def test_a_program_that_hurries_waits_for_the_next_minute(world: World, hers: Holder, program: Program) -> None:
    mistyped = [program.ask("AP7K").status_code for _ in range(121)]
    assert (mistyped[119], mistyped[120]) == (422, 429)
    world.wait(minutes=1)
    assert program.ask("AP7K").status_code == 422


@pytest.mark.req("RPT-26")
def test_the_description_names_every_refusal_and_this_site(app: Flask, school: School, visitor) -> None:
    described = app.test_client().get("/api/openapi.json").get_json()
    assert described["servers"] == [{"url": "http://127.0.0.1:8000"}]
    assert list(described["paths"]) == ["/api/verify/{code}"]
    page = visitor().visit("/verify/organisations").follow("接口说明")
    page.sees("member_quota", "X-Consent", "http://127.0.0.1:8000/api/verify/")


CASES = 150
"""Requests that the fuzzer makes of the description in CI; with `--full` twenty times as many."""


@pytest.mark.req("RPT-26")
def test_whatever_is_sent_gets_an_answer_of_the_description(app: Flask, hers: Holder, hr: Member, times) -> None:
    program, report, made = Program(app, hr), hers.issue(), []
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    operation = schema["/api/verify/{code}"]["GET"]
    fuzz = settings(
        max_examples=times(CASES, 20 * CASES), deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )

    @fuzz
    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        code=st.sampled_from([None, report.code, verification_codes.make("P")]),
        key=st.sampled_from([None, program.text, "xdk_unknown"]),
    )
    def ask(case: schemathesis.Case, code: str | None, key: str | None) -> None:
        limits.clear("member:minute", hr.organisation.key)
        if code is not None:
            case.path_parameters["code"] = code
        headers = {"Accept-Encoding": "identity"} | ({} if key is None else {"Authorization": f"Bearer {key}"})
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        made.append(answer.status_code)

    ask()
    assert len(made) >= CASES
    assert {200, 401, 422} <= set(made) and max(made) < 500
