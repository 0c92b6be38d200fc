"""What a second hostile walk found: a face asked for in new places, tried again at the same doors.

Not here: what the first walk found (`test_certification_walk.py`), nor what is tried at every door alike.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.domain.test_duplicates import used
from tests.people import School, id_number, make_account
from tests.person import Person
from tests.recovering import MAIL, owner, set_password
from tests.registering import NAME
from tests.web.test_changing_face import PASSPORT, filmed, lost, renew
from tests.web.test_changing_identity import correct, foreigner
from tests.web.test_changing_phone import NEW, OLD
from tests.web.test_liveness import film, tell
from tests.web.test_recovery_face import say
from tests.world import World
from webapp.domain import records, sessions
from webapp.domain.liveness import desk
from webapp.domain.liveness import level as seeing
from webapp.domain.refused import Refused
from webapp.domain.standing import level
from webapp.models.accounts import Account, Consent
from webapp.models.base import Row
from webapp.models.changes import Amendment
from webapp.models.liveness import PersonCheck, Shot
from webapp.models.recovery import Recovery

Visitors = Callable[..., Person]

FOREIGN, NUMBER = "ZHANG,SAN", "N1234567"


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record(NAME), OLD)


@pytest.fixture
def abroad(school: School) -> Account:
    """Somebody with a passport and a record."""
    return make_account(foreigner(school.record("何苗"), FOREIGN, NUMBER), "13800000003")


def fresh(row: Row) -> Row:
    return type(row).get_by_id(row.id)


def before_the_camera(me: Person) -> Person:
    return me.press("在这台设备上做").press("同意比对人脸，开始")


def passed(her: Person, world: World, name: str, number: str) -> Person:
    """A browser that named that person, up to the pass, and on."""
    before_the_camera(say(her, world, name, number))
    return filmed(her, world).follow("继续").press("继续，找回账号")


@pytest.mark.req("ACC-44", "ACC-45", "BND-11")
def test_who_was_seen_for_another_phone_is_not_whom_the_account_names_three_days_later(
    visitor: Visitors, world: World, school: School, account: Account
) -> None:
    """The own face for the own account, and then, with the password alone, somebody else's name and number."""
    me, other = world.log_in(visitor(), account), school.record("何苗")
    filmed(before_the_camera(lost(me, world).follow("做实人验证")), world)
    correct(me, other.name, other.document).press("保存修改")
    assert (fresh(account).identity_index, Amendment.get().state) == (other.identity_index, "approved")
    world.wait(hours=73)
    assert (fresh(account).phone, fresh(account).person_proved, level(fresh(account))) == (NEW, None, 1)
    assert world.log_in(me, account).visit("/records").heading == "核验院校名称"


@pytest.mark.req("ACC-44", "DUP-04")
@pytest.mark.parametrize("rival", ["active", "archived"])
def test_another_phone_takes_no_account_out_of_doubt(
    visitor: Visitors, world: World, school: School, account: Account, rival: str
) -> None:
    Account.update(state="duplicate").execute()
    make_account(school.record(NAME), "13800000077", state=rival)
    filmed(before_the_camera(lost(world.log_in(visitor(), account), world).follow("做实人验证")), world)
    world.wait(hours=73)
    now = fresh(account)
    assert (now.phone, now.state, now.person_proved, Amendment.get().state) == (NEW, "duplicate", None, "done")


@pytest.mark.req("BND-11")
@pytest.mark.parametrize("state", ["frozen", "duplicate", "closing", "archived"])
def test_a_pass_raises_no_account_that_opens_no_records_by_then(
    visitor: Visitors, world: World, account: Account, state: str
) -> None:
    film(before_the_camera(world.log_in(visitor(), account).visit("/records/person")))
    Account.update(state=state, frozen_from="active").execute()
    world.work()
    assert (PersonCheck.get().state, Shot.select().count()) == ("passed", 0)
    assert (fresh(account).state, fresh(account).person_proved) == (state, None)
    Account.update(state="active", frozen_from="").execute()
    me = world.log_in(visitor(), account).visit("/records/person").sees("你已经通过过实人验证")
    assert me.press("继续").heading == "我的学籍和学历" and level(fresh(account)) == 4


@pytest.mark.req("REC-11", "REC-02")
def test_the_limit_of_a_passports_number_is_the_same_for_every_name(visitor: Visitors, world: World, abroad: Account) -> None:
    """The name of the account decides which document it is; the fifth answer told whether it was right."""
    for _ in range(4):
        say(visitor(), world, "LI,SI", NUMBER)
    for name in ("LI,SI", FOREIGN):
        assert "试的次数太多" in say(visitor(), world, name, NUMBER).errors()[0]


@pytest.mark.req("REC-11", "REC-02")
def test_another_name_in_the_same_browser_begins_anew_whether_it_is_right_or_wrong(
    visitor: Visitors, world: World, abroad: Account
) -> None:
    shown = []
    for name in (FOREIGN, "WANG,WU"):
        her = visitor()
        before_the_camera(say(her, world, "LI,SI", NUMBER))
        tell(world, "other")
        filmed(her, world).sees("还可尝试1次")
        shown.append(say(her, world, name, NUMBER).sees_not("还可尝试1次").text.replace(name, ""))
    assert shown[0] == shown[1]


@pytest.mark.req("RPV-13", "RPV-10")
def test_a_camera_that_was_left_open_is_nobodys_after_logging_out(visitor: Visitors, world: World, account: Account) -> None:
    """Whoever sits down next would agree in the holder's name, and spend the tries."""
    me = world.log_in(visitor(), account).visit("/records/person").press("在这台设备上做").sees("同意比对人脸，开始")
    me.visit("/me").post("/logout")
    assert me.visit("/records").path == "/login"
    assert [me.visit("/m/face").status, me.post("/m/consent").status, me.post("/m/face").status] == [409, 409, 409]
    assert (PersonCheck.get().consented, Consent.select().count()) == (None, 0)
    world.log_in(me, account).visit("/m/face").sees("同意比对人脸，开始")


@pytest.mark.req("ACC-56")
def test_no_face_makes_the_number_of_somebody_of_that_name_the_own(
    visitor: Visitors, world: World, school: School, abroad: Account
) -> None:
    """Two students from one country with one name: who says that the passport is a renewed one shows it."""
    other = foreigner(school.record(NAME), FOREIGN, "N7654321")
    records.bind(abroad)
    me = renew(world.log_in(visitor(), abroad)).sees_not("做实人验证")
    assert [me.visit(PASSPORT).status, me.post(f"{PASSPORT}/here").status] == [404, 404]
    assert fresh(other).account is None
    other.name_compare = "li,si"
    other.save()
    me.visit("/me/identity").sees("做实人验证")


@pytest.mark.req("REC-11", "SCH-33")
def test_where_no_sms_is_sent_a_face_proves_no_phone(visitor: Visitors, world: World, account: Account) -> None:
    """The office sees whose phone it is; a camera does not."""
    world.app.config["SETTINGS"] = replace(world.app.config["SETTINGS"], sms="none")
    her = passed(visitor(), world, NAME, account.document)
    assert her.path == "/recover/new" and her.visit("/recover/in-person/phone").path == "/recover/new"
    her.post("/recover/in-person/phone", {"phone": "13800008888", "captcha": world.captcha()})
    set_password(her.visit("/recover/new")).sees("你的密码已被重新设置")
    assert fresh(account).phone == OLD


@pytest.mark.req("RPV-14", "BND-11")
def test_nobody_looks_at_the_own_photo_by_mail_box_under_another_name(world: World, school: School, account: Account) -> None:
    officer = school.staff("ni")
    officer.email = account.email = MAIL
    officer.save()
    account.save()
    check = seeing.begin(account)
    PersonCheck.update(state="waiting", due=check.created).execute()
    with pytest.raises(Refused, match="own_case"):
        desk.take(fresh(check), sessions.staff_actor(officer))


@pytest.mark.req("REC-11")
def test_after_the_holders_no_a_second_pass_opens_nothing(visitor: Visitors, world: World, school: School) -> None:
    account = owner(school)
    used(account)
    passed(visitor(), world, NAME, account.document)
    visitor().visit(world.link(MAIL)).press("不是我，停下").sees("密码没有变")
    her = passed(visitor(), world, NAME, account.document)
    assert her.status == 409 and her.sees("账号的主人把这种找回停下了")
    assert her.visit("/recover/new").path == "/recover" and Recovery.select().count() == 1


@pytest.mark.req("REC-11")
def test_a_pass_that_was_taken_up_is_over_in_its_browser_too(visitor: Visitors, world: World, account: Account) -> None:
    """Another name with the number of who was there, within the half hour of the pass."""
    her = passed(visitor(), world, "林小西", account.document).sees("这个身份还没有账号")
    say(her, world, NAME, account.document).sees("在这台设备上做")
    assert her.path == "/recover/face/check" and her.post("/recover/face/on").path == "/recover/face"
    before_the_camera(say(her, world, NAME, account.document)).sees("打开摄像头")


@pytest.mark.req("REC-11", "ACC-45")
@pytest.mark.parametrize("waits", [True, False])
def test_a_face_opens_no_account_that_names_somebody_else_by_then(
    visitor: Visitors, world: World, school: School, waits: bool
) -> None:
    """Its holder had typed a classmate's number, and puts it right after the classmate was before the camera."""
    account, right = owner(school), school.record("何苗")
    if waits:
        used(account)
    her = passed(visitor(), world, NAME, account.document)
    her.visit("/recover/new")
    assert her.path == ("/recover/wait" if waits else "/recover/new")
    correct(world.log_in(visitor(), account), right.name, right.document).press("保存修改")
    world.wait(hours=73 if waits else 0)
    assert her.visit("/recover/new").path == "/recover" and her.post("/recover/new").path == "/recover"


@pytest.mark.req("REC-11", "REC-02")
@pytest.mark.parametrize("state", ["frozen", "duplicate", "closing", "archived", "active"])
def test_the_state_of_an_account_shows_nowhere_before_the_pass(
    visitor: Visitors, world: World, account: Account, state: str
) -> None:
    """Every page, status and header of a number that has an account against those of one that has none."""
    Account.update(state=state).execute()
    told = []
    for number in (account.document, id_number("20080512", 8)):
        her = visitor()
        told.append([say(her, world, NAME, number).text, her.status, her.press("在这台设备上做").text])
        her.press("同意比对人脸，开始")
        tell(world, "other", "other")
        for _ in range(2):
            film(her)
            told[-1].append((her.status, her.text))
            world.work()
            answer = her.client.get("/m/state", headers={"HX-Request": "true"})
            told[-1].append((answer.status_code, sorted(answer.headers.keys()), answer.text))
            her.visit("/m/face")
            told[-1].append((her.status, her.text.split("正对镜头")[0]))
    assert told[0] == told[1]
