"""T14, locking somebody out: whatever a stranger fails at, the holder's own browser opens at the first try, and so does a code.

As decided, the half hour's lock holds for where the failures came from, not for the account.
"""

import random

import pytest

from tests.people import PASSWORD, School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import login
from webapp.domain.login import Visit
from webapp.domain.refused import Refused
from webapp.models.accounts import Account
from webapp.models.journal import Event

pytestmark = pytest.mark.anywhere

PHONE = "13800001111"
WRONG = "bu-shi-zhe-ge-mima-9"


@pytest.fixture
def account(school: School) -> Account:
    return make_account(school.record("林晓溪"), PHONE)


def fail(many: int, account: Account, world: World) -> set[str]:
    """Fail from networks and browsers without end, by every name of the account; returns how it was refused."""
    draw, said = random.Random(14), set()
    for n in range(many):
        visit = Visit("Chrome", f"198.51.{n % 250}.0/24", f"mark {n}")
        try:
            login.prove(login.whom(draw.choice((account.phone, account.document)), visit), WRONG, visit)
        except Refused as refusal:
            said.add(refusal.code)
        if n % 50 == 0:
            world.wait(seconds=1)
    return said


def knock(person: Person, world: World) -> Person:
    person.visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD)
    if "图片验证码" in person.html:
        person.fill("图片验证码", world.captcha())
    return person.press("登录")


@pytest.mark.req("ACC-37")
def test_the_holders_browser_opens_at_the_first_try(visitor, world: World, account: Account, times) -> None:
    me = knock(visitor(), world)
    me.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    me.post("/logout")
    before = Account.get_by_id(account.id)
    said = fail(times(300, 10_000), account, world)
    assert said == {"login_wrong", "login_slow"}
    after = Account.get_by_id(account.id)
    assert (after.state, after.password_hash, after.new_password_due) == (before.state, before.password_hash, False)
    assert knock(me, world).visit("/me").path == "/me"


@pytest.mark.req("ACC-36", "ACC-37")
def test_a_browser_never_seen_gets_in_by_a_code(visitor, world: World, account: Account, times) -> None:
    fail(times(300, 10_000), account, world)
    me = visitor(address="203.0.113.77")
    me.visit("/login/code").fill("手机号", PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    me.fill("短信验证码", world.code(PHONE)).press("下一步")
    if me.path == "/login/password":
        me.fill("密码", PASSWORD).press("登录")
    assert me.visit("/me").path == "/me"


@pytest.mark.req("REC-06")
def test_a_reset_that_fails_changes_nothing(visitor, world: World, account: Account) -> None:
    before = Account.get_by_id(account.id).password_hash
    for _ in range(20):
        person = visitor().visit("/recover")
        person.post("/recover", {"login": PHONE})
        person.post("/recover/phone", {"name": "何苗", "number": account.document, "phone": PHONE})
        person.post("/recover/phone/code", {"code": "00000000"})
    assert Account.get_by_id(account.id).password_hash == before
    assert Event.select().where(Event.object == f"account:{account.key}").count() == 0
    assert knock(visitor(), world).path == "/login/device"
