"""T36, an employer who scrapes: a quota for each day, a code as the only way to ask, and every look told to its holder."""

import threading
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from tests.members import CONSENT, Member
from tests.reporting import Holder
from tests.security.routes import knocks
from tests.security.town import Town, make_town
from tests.tables import csv_bytes
from tests.world import World
from webapp.domain.organisations import api_keys, asking, lists
from webapp.domain.permissions import Can
from webapp.domain.refused import Refused
from webapp.models.base import database
from webapp.models.reports import Look
from webapp.models.verifications import MemberLook
from webapp.web import access

NAMES = {"name", "姓名"}
NUMBERS = {"document", "number", "id_number", "identity", "certificate", "student_number", "证件号码", "学号"}
"""What a field or a parameter by which somebody could be searched would be called."""


@pytest.mark.req("RPT-24", "RPT-26")
def test_the_201st_look_up_of_a_day_is_refused_whoever_asks_for_it(app: Flask, world: World, hers: Holder, hr: Member) -> None:
    code = hers.issue().code
    for n in range(200):
        assert asking.check(hr.asker, code, f"SQ-{n}").left == 199 - n
    with pytest.raises(Refused, match="member_quota"):
        asking.check(hr.asker, code, CONSENT)
    _row, text = api_keys.make(hr.actor, hr.organisation, "人事系统")
    headers = {"Authorization": f"Bearer {text}", "X-Consent": CONSENT}
    answer = app.test_client().get(f"/api/verify/{code}", headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (429, "member_quota")
    made = lists.hand_in(hr.actor, hr.organisation, hr.staff, lists.read(csv_bytes([[code, CONSENT]] * 3)), "?")
    world.work()
    assert [line.verdict for line in lists.lines(made)] == ["refused"] * 3
    assert Look.select().where(Look.report == hers.issue().id).count() == 0
    assert MemberLook.select().count() == 200
    world.wait(days=1)
    assert asking.check(hr.asker, code, CONSENT).left == 199


def test_the_last_look_up_is_had_once_by_many_at_the_same_moment(world: World, hers: Holder, hr: Member) -> None:
    code, came = hers.issue().code, Counter()
    for n in range(195):
        asking.check(hr.asker, code, f"SQ-{n}")
    start = threading.Barrier(12)

    def ask() -> None:
        asker = hr.asker
        start.wait()
        try:
            came[asking.check(asker, code, CONSENT).verdict] += 1
        except Refused as refused:
            came[refused.code] += 1
        finally:
            database.close()

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came == {"valid": 5, "member_quota": 7}


@pytest.mark.req("RPT-14", "RPT-24")
def test_each_look_is_told_to_the_holder_with_the_name_of_who_looked(hers: Holder, hr: Member) -> None:
    report = hers.issue()
    asking.check(hr.asker, report.code, "SQ-7")
    told = asking.behind(Look.select().where(Look.report == report))
    assert list(told.values()) == [(hr.organisation.name, "SQ-7")]


@pytest.fixture
def town(app: Flask, world: World) -> Town:
    return make_town(app, world)


def test_no_page_of_an_employer_asks_a_name_or_a_number(town: Town) -> None:
    """Every form and every parameter of the routes that the role opens, and of the machine interface."""
    employer, looked, asked = town.person("employer"), 0, set()
    for knock in knocks(town):
        kind, needs = town.app.view_functions[knock.endpoint].access
        theirs = kind == "allow" and set(needs) <= {Can.VERIFY, Can.STAFF_HOME} and Can.VERIFY in needs
        if theirs and knock.method == "GET" and knock.whose in ("-", "near"):
            answer = employer.client.get(knock.path)
            assert answer.status_code in (200, 303, 404), knock.path
            page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
            asked |= {(knock.path, one["name"]) for one in page.find_all(["input", "select", "textarea"]) if one.get("name")}
            looked += 1
    names = {name for _path, name in asked}
    assert names == {"csrf_token", "next", "code", "reference", "pin", "file", "name"}
    assert {path for path, name in asked if name == "name"} == {"/staff/verify/keys"}  # what a key is called
    assert looked >= 8


def test_the_machine_interface_takes_a_code_and_nothing_else(town: Town) -> None:
    described = town.app.test_client().get("/api/openapi.json").get_json()
    (operation,) = [one for path in described["paths"].values() for one in path.values()]
    named = {one["name"] for one in operation["parameters"]}
    assert named == {"code", "X-Consent", "X-Pin"} and not named & (NAMES | NUMBERS)
    rules = [rule for rule in town.app.url_map.iter_rules() if rule.rule.startswith("/api")]
    assert {argument for rule in rules for argument in rule.arguments} == {"code"}


def test_an_employer_opens_nothing_of_any_school(town: Town) -> None:
    """Every route that asks another ability of staff than the employer's is closed."""
    employer, closed = town.person("employer"), 0
    for knock in knocks(town):
        kind, needs = town.app.view_functions[knock.endpoint].access
        others = kind == "allow" and access.kind_for(needs) == "staff" and not set(needs) <= {Can.VERIFY, Can.STAFF_HOME}
        if others and knock.method == "GET":
            assert employer.client.get(knock.path).status_code == 403, knock.path
            closed += 1
    assert closed > 100
