"""T11, a number that has a new holder: nothing of the old account is seen, its holder is told, an old proof needs another.

A code to a phone that was proved more than 90 days ago asks for the password too; in recovery it gives the mail box notice.
"""

import pytest

from tests.people import PASSWORD, School, id_number
from tests.person import Person
from tests.recovering import MAIL, PHONE, owner
from tests.registering import identify, prove
from tests.world import World
from webapp.models.accounts import Account


class Watched(Person):
    """Keeps every byte that came, headers and all."""

    def __init__(self, *told: object, **more: object) -> None:
        super().__init__(*told, **more)
        self.seen = ""

    def _read(self, answer) -> None:
        super()._read(answer)
        self.seen += str(answer.headers) + answer.get_data(as_text=True)


@pytest.mark.req("REC-14")
def test_the_new_holder_registers_and_sees_nothing_of_the_old_account(app, world: World, school: School) -> None:
    old = owner(school)
    secrets = (old.name, old.name[1:], old.document, old.document[-4:], old.document[6:14], MAIL, old.key)
    me = prove(Watched(app), world, PHONE)
    me.press("解除并接着注册")
    identify(me, "何苗", id_number("20080101", 4)).fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    for page in ("/me", "/me/log", "/me/sessions", "/records", "/continue", "/menu"):
        me.visit(page)
    assert [secret for secret in secrets if secret in me.seen] == []
    mine = Account.get(Account.phone_index == Account.phone_index.of(PHONE))
    assert mine.id != old.id and Account.by_key(old.key).phone is None


@pytest.mark.req("REC-14")
def test_the_old_holder_is_told_by_mail_and_at_the_next_log_in(visitor, app, world: World, school: School) -> None:
    old = owner(school)
    prove(visitor(), world, PHONE).press("解除并接着注册")
    assert any(line.startswith(f"MAIL {MAIL} ") and "手机号已经解除绑定" in line for line in world.outbox())
    me = visitor().visit("/login").fill("手机号、证件号码或邮箱", old.document).fill("密码", PASSWORD).press("登录")
    assert me.heading == "手机号已解除绑定"
    assert me.visit("/me").path == "/me"


@pytest.mark.req("ACC-62")
@pytest.mark.parametrize(("days", "asks"), [(89, False), (91, True)])
def test_after_90_days_a_code_alone_is_not_enough(visitor, world: World, school: School, days: int, asks: bool) -> None:
    owner(school)
    me = visitor().visit("/login").fill("手机号、证件号码或邮箱", PHONE).fill("密码", PASSWORD).press("登录")
    me.fill("图片验证码", world.captcha()).press("获取短信验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    me.post("/logout")
    world.wait(days=days)
    me.visit("/login/code").fill("手机号", PHONE).fill("图片验证码", world.captcha()).press("获取短信验证码")
    me.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert (me.path == "/login/password") is asks
