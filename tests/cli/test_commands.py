"""What the commands do to a deployment, on both databases."""

import json
import re
import stat

import pytest
from playhouse.migrations import Runner

from tests.cli.conftest import Machine
from webapp import places
from webapp.cli.deployment import connected
from webapp.domain import staff
from webapp.models.base import database
from webapp.models.journal import Event, Job
from webapp.models.school import Unit
from webapp.models.staff import Staff


@pytest.mark.req("SYS-01")
def test_init_makes_a_site_with_a_school_and_an_administrator_who_sets_her_own_password(machine: Machine) -> None:
    assert machine.init() == 0
    token = re.search(r"http://127.0.0.1:8000/staff/invite/(\S+)", machine.out)[1]
    with connected():
        assert Unit.get().name == "云溪职业技术学院"
        assert staff.invited(token) == Staff.get(Staff.login == "admin")
        assert Staff.get().password_hash == ""


def test_what_init_makes_is_closed_to_others(machine: Machine) -> None:
    machine.init()
    for path in (machine.folder, machine.folder / "keys.json", machine.folder / "xuedang.env"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_init_overwrites_nothing(machine: Machine) -> None:
    machine.init()
    before = (machine.folder / "keys.json").read_bytes()
    assert machine.init(name="另一所学校") == 2
    assert "已经有一个站点" in machine.err
    assert (machine.folder / "keys.json").read_bytes() == before
    with connected():
        assert Unit.select().count() == 1


def test_init_that_stopped_half_way_goes_on(machine: Machine) -> None:
    assert machine.init(code="x") == 2
    assert "--code" in machine.err
    assert machine.init() == 0


def test_the_settings_file_is_read_and_the_environment_wins(machine: Machine) -> None:
    machine.init(url="https://xj.example.edu.cn")
    machine.run("staff", "reset", "admin")
    assert "https://xj.example.edu.cn/staff/invite/" in machine.out
    machine.run("staff", "reset", "admin", XUEDANG_URL="https://other.example.edu.cn")
    assert "https://other.example.edu.cn/staff/invite/" in machine.out


@pytest.mark.req("SYS-07")
def test_a_setting_is_changed_within_its_bounds_with_an_event(machine: Machine) -> None:
    machine.init()
    assert machine.run("settings", "set", "acc.lock_failures", "7") == 0
    assert machine.run("settings", "set", "acc.new_device_code", "false") == 0
    assert machine.run("settings", "set", "acc.lock_failures", "9999") == 1
    assert "5 和 50 之间" in machine.err
    assert machine.run("settings", "set", "acc.lock_failures", "many") == 1
    assert machine.run("settings", "set", "no.such", "1") == 1
    machine.run("settings", "list")
    assert "* acc.lock_failures = 7 " in machine.out
    assert "* acc.new_device_code = false" in machine.out
    with connected():
        events = [json.loads(event.detail) for event in Event.select().where(Event.object == "setting:acc.lock_failures")]
    assert events == [{"new": 7, "old": 10}]


@pytest.mark.req("SYS-10")
def test_a_lost_second_factor_is_reset_on_the_command_line(machine: Machine) -> None:
    machine.init()
    assert machine.run("staff", "add", "ni", "倪老师", "--role", "R") == 0
    assert machine.run("staff", "reset", "ni") == 0
    token = re.search(r"/staff/invite/(\S+)", machine.out)[1]
    with connected():
        assert staff.invited(token).login == "ni"
    assert machine.run("staff", "reset", "nobody") == 1
    assert "nobody" in machine.err
    machine.run("staff", "list")
    assert "ni  倪老师  active  R 云溪职业技术学院" in machine.out


def test_a_role_needs_a_place_that_is_there(machine: Machine) -> None:
    machine.init()
    assert machine.run("staff", "add", "luo", "罗老师", "--role", "C", "--college", "没有的学院") == 1
    assert "没有的学院" in machine.err
    assert machine.run("staff", "add", "dong", "何老师", "--role", "T") == 1 and "--point" in machine.err
    assert machine.run("staff", "add", "dong", "何老师", "--role", "T", "--point", "东湖函授站") == 0
    machine.run("staff", "list")
    assert "dong  何老师  active  T 东湖函授站" in machine.out


def test_migrations_are_listed_undone_and_done_again(machine: Machine) -> None:
    machine.init()
    names = [migration.name for migration in Runner(database.obj, str(places.find("migrations"))).migrations()]
    for name in reversed(names):
        assert machine.run("migrate", "down") == 0
        assert machine.out == f"{name}\n"
    machine.run("migrate", "status")
    assert machine.out.count("还没有执行") == len(names)
    assert machine.run("serve", XUEDANG_ALLOW_LOCAL_OUTBOX="1") == 2
    assert "xuedang migrate up" in machine.err
    assert machine.run("migrate", "up") == 0
    assert machine.out.split() == names


@pytest.mark.req("SYS-02")
def test_audit_verify_tells_a_cut_from_a_whole_history(machine: Machine) -> None:
    machine.init()
    assert machine.run("audit", "verify") == 0
    with connected():
        database.execute_sql("UPDATE chain SET seq = seq + 1")
    assert machine.run("audit", "verify") == 1
    assert "截断" in machine.out
    assert machine.run("doctor") == 1
    assert "xuedang audit verify" in machine.out


def test_doctor_names_each_sms_that_has_no_template(machine: Machine) -> None:
    machine.init()
    gateway = {f"XUEDANG_SMS_{name}": "x" for name in ("KEY_ID", "KEY_SECRET", "SIGN")}
    gateway |= {"XUEDANG_SMS": "aliyun", "XUEDANG_MAIL": "none", "XUEDANG_SMS_TEMPLATES": '{"code_login": "SMS_1:code"}'}
    assert machine.run("doctor", **gateway) == 1
    assert re.search(r"^bad  .*code_register", machine.out, re.MULTILINE)
    assert re.search(r"^warn .*login_locked", machine.out, re.MULTILINE)
    assert "code_login" not in machine.out


def test_doctor_answers_where_a_gateway_is_half_configured(machine: Machine) -> None:
    machine.init()
    assert (
        machine.run("doctor", XUEDANG_SMS="aliyun", XUEDANG_MAIL="smtp", XUEDANG_MAIL_URL="smtp://a:b@mail.example.edu.cn") == 1
    )
    assert "缺少 XUEDANG_SMS_KEY_ID，aliyun 要用" in machine.out
    assert "XUEDANG_MAIL：mail_url would send the password in clear" in machine.out


def test_serve_says_what_is_wrong_with_the_address_of_the_mail_server(machine: Machine) -> None:
    machine.init()
    mail = {
        "XUEDANG_MAIL": "smtp",
        "XUEDANG_MAIL_URL": "smtp://a:b@mail.example.edu.cn",
        "XUEDANG_MAIL_FROM": "xj@example.edu.cn",
    }
    assert machine.run("serve", XUEDANG_SMS="none", **mail) == 2
    assert "XUEDANG_MAIL：mail_url would send the password in clear" in machine.err


def test_doctor_names_what_is_not_well_and_the_way_on(machine: Machine) -> None:
    machine.init()
    outside = {"XUEDANG_SMS": "none", "XUEDANG_MAIL": "none"}
    assert machine.run("doctor", **outside) == 0
    assert "warn 云溪职业技术学院 没有学籍科人员：xuedang staff add … --role R" in machine.out
    assert "省级（33）不到两个人" in machine.out
    machine.run("staff", "add", "ni", "倪老师", "--role", "R")
    for login in ("zheng", "qian"):
        assert machine.run("staff", "add", login, "省厅老师", "--role", "P", "--province", "33") == 0
    with connected():
        Job.update(state="failed").execute()
        staff_ni = Staff.get(Staff.login == "ni")
        Job.insert(
            key="x" * 22, name="messages.deliver", due=staff_ni.created, created=staff_ni.created, state="failed"
        ).execute()
    (machine.folder / "keys.json").chmod(0o600)
    machine.folder.chmod(0o755)
    assert machine.run("doctor", **outside) == 1
    assert "只有一位能审核的人" in machine.out
    assert "messages.deliver × 1" in machine.out
    assert "chmod go-rwx" in machine.out
