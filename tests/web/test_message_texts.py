"""消息模板 through the door: an administrator words a mail anew, looks at it, sends it to herself, and takes it back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.members import keeper
from tests.people import School
from tests.person import Person
from tests.world import World
from webapp.models.settings import MessageText

Visitors = Callable[..., Person]

PLACE = "/staff/texts/mail/discredited"


@pytest.mark.req("MSG-15", "ACC-63")
def test_the_list_speaks_the_language_of_the_page(world: World, school: School, person: Visitors) -> None:
    boss = world.log_in(person(), keeper()).visit("/staff/texts").sees("退款完成", "认证申请已取消")
    boss.press("English").visit("/staff/texts").sees_not("退款", "认证申请")


@pytest.mark.req("MSG-15")
def test_a_mail_is_worded_anew_looked_at_tried_and_taken_back(world: World, school: School, person: Visitors) -> None:
    staff = keeper()
    boss = world.log_in(person(), staff).visit("/staff/texts?channel=mail").follow("列入失信行为名单")
    boss.sees("‹until›", "{{ agency }}").fill("中文文字", "你在名单上").fill(
        "英文文字", "You are listed\n{{ agency.__class__ }}"
    ).press("保存")
    assert boss.status == 422
    assert len(boss.errors()) == 2
    boss.fill("中文文字", "你在名单上\n{{ agency }}写的，{{ until }} 以前。").fill(
        "英文文字", "You are listed\n{{ agency }} says so."
    )
    boss.press("预览").sees("‹agency›写的，‹until› 以前。", "‹agency› says so.")
    assert MessageText.select().count() == 0
    boss.press("保存").sees("改过", "‹agency›写的")
    assert MessageText.select().count() == 2
    boss.press("试发")
    assert boss.errors() == ["你的账号没有登记可以发到的邮箱或手机"]
    staff.email = "zong@example.edu.cn"
    staff.save()
    boss.visit(PLACE).tick("英文").press("试发").sees("已经试发")
    assert "‹agency› says so." in world.outbox()[-1]
    boss.press("恢复默认").sees_not("改过")
    assert MessageText.select().count() == 0


@pytest.mark.req("MSG-15", "MSG-12")
def test_an_sms_is_the_carriers_template_where_the_gateway_fills_one(
    world: World, app: Flask, school: School, visitor: Visitors
) -> None:
    boss = (
        world.log_in(visitor(), keeper())
        .visit("/staff/texts/sms/discredited")
        .fill("中文文字", "【{{ sign }}】登录看看")
        .press("保存")
    )
    boss.sees("改过")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], sms="aliyun")
    boss.visit("/staff/texts/sms/discredited").sees("要改先在服务商那里报一个新模板").sees_not("保存</button>")
    boss.post("/staff/texts/sms/discredited", {"zh": "【{{ sign }}】换一句", "en": "【{{ sign }}】x"})
    assert (boss.status, MessageText.get().text) == (422, "【{{ sign }}】登录看看")
    assert boss.client.get("/staff/texts/sms/nothing").status_code == 404
    assert boss.client.get("/staff/texts/fax/discredited").status_code == 404
