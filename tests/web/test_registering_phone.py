"""The phone is proved by a code before anything is told about it; each SMS needs somebody who is there."""

import json
import re
from dataclasses import replace

import altcha
import pytest

from tests.people import make_account
from tests.person import Person
from tests.registering import PHONE, ask_code, prove
from tests.world import World
from webapp import create_app
from webapp.domain import captchas, codes


@pytest.mark.req("ACC-01", "ACC-52")
def test_the_first_page_says_what_phone_and_why(visitor):
    page = visitor().visit("/register")
    page.sees("请输入11位手机号码，仅支持大陆地区手机号。", "选一个毕业后还会用的手机号", "绑定你的身份", "找回密码")
    assert page.path == "/register/phone"


@pytest.mark.req("ACC-01", "ACC-04", "ACC-12", "ACC-24")
def test_an_empty_first_page_is_told_all_its_errors(person, world):
    me = person().visit("/register/phone").press("获取短信验证码")
    assert me.status == 422
    assert me.errors() == [
        "请输入11位手机号码，仅支持大陆地区手机号。",
        "先阅读并同意《用户协议》《隐私政策》",
        "填写图片验证码",
    ]
    assert [line for line in world.outbox() if line.startswith("SMS")] == []


def test_a_school_without_a_gateway_says_so_instead_of_a_code_that_never_comes(settings):
    app = create_app(replace(settings, sms="none"))
    me = ask_code(Person(app), World(app))
    assert me.errors() == ["学校没有开通短信，用学校发的注册码注册"]


@pytest.mark.req("ACC-01")
@pytest.mark.parametrize("phone", ["1380000567", "138000056789", "12800005678", "+852 5123 4567", "１３８０", "abc"])
def test_only_mainland_mobiles_are_taken(visitor, world, phone):
    me = ask_code(visitor(), world, phone)
    assert me.errors() == ["请输入11位手机号码，仅支持大陆地区手机号。"]
    assert me.value("手机号") == phone


@pytest.mark.parametrize("phone", ["138 0000 5678", "+86 138-0000-5678", "１３８００００５６７８"])
def test_a_phone_may_be_written_as_people_write_it(visitor, world, phone):
    assert ask_code(visitor(), world, phone).path == "/register/code"
    assert world.code(PHONE)


@pytest.mark.req("ACC-04")
def test_a_wrong_captcha_sends_nothing_and_shows_a_new_one(person, world):
    me = person().visit("/register/phone").fill("手机号", PHONE).tick("我已阅读并同意").fill("图片验证码", "0")
    before = world.captcha()
    me.press("获取短信验证码")
    assert me.errors() == ["图片验证码输入有误，换了一张，再试一次"]
    assert me.value("手机号") == PHONE
    assert world.captcha() != before
    assert not any(line.startswith("SMS") for line in world.outbox())


@pytest.mark.req("ACC-04")
def test_the_captcha_can_be_read_aloud_and_changed(visitor, world):
    me = visitor().visit("/register/phone").fill("手机号", PHONE)
    picture = me.page.find("div", attrs={"data-captcha": True}).find("img")["src"]
    image = me.client.get(picture)
    assert (image.mimetype, image.headers["Cache-Control"]) == ("image/png", "no-store")
    me.press("图看不清")
    assert me.client.get(picture).status_code == 404
    one, other = re.search(r"看不清就回答：(.)加(.)等于几", me.text).groups()
    total = "零一二三四五六七八九".index(one) + "零一二三四五六七八九".index(other)
    me.tick("我已阅读并同意").fill("图片验证码", str(total)).press("获取短信验证码")
    assert me.path == "/register/code"


@pytest.mark.req("ACC-24")
def test_both_texts_open_in_place(visitor):
    me = visitor().visit("/register/phone")
    folded = {one.find("summary").get_text(strip=True): one for one in me.page.find_all("details")}
    told = {"读《用户协议》": ("terms", "一个人只有一个学档账号"), "读《隐私政策》": ("privacy", "我们收集什么")}
    assert set(folded) == set(told)
    for words, (text, said) in told.items():
        assert folded[words].find("a", target="_blank")["href"] == f"/about/{text}"
        assert said in me.client.get(f"/about/{text}").text
        piece = me.client.get(folded[words]["hx-get"], headers={"HX-Request": "true", "HX-Target": "div"})
        assert said in piece.text
        assert "<main" not in piece.text
        plain = me.client.get(folded[words]["hx-get"])
        assert (plain.status_code, plain.location) == (303, f"/about/{text}")


@pytest.mark.req("ACC-05")
def test_the_code_is_sent_again_after_a_minute(person, world):
    me = ask_code(person(), world)
    first = world.code(PHONE)
    me.fill("图片验证码", world.captcha()).press("重新发送")
    assert me.status == 422
    assert me.errors() == ["获取过于频繁，再等 60 秒就能重新发送"]
    world.wait(minutes=1)
    me.fill("图片验证码", "0").press("重新发送")
    assert me.errors() == ["图片验证码输入有误，换了一张，再试一次"]
    me.fill("图片验证码", world.captcha()).press("重新发送")
    assert (me.status, me.path) == (200, "/register/code")
    assert world.code(PHONE) == first
    assert len([line for line in world.outbox() if line.startswith("SMS")]) == 2


@pytest.mark.req("ACC-08", "ACC-12")
def test_wrong_codes_are_counted_down(person, world):
    me = ask_code(person(), world)
    right = world.code(PHONE)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert me.press("下一步").errors() == ["填写短信验证码"]
    assert me.fill("短信验证码", right[:5]).press("下一步").errors() == ["短信验证码要 6 位，你填了 5 位"]
    for left in (4, 3, 2, 1):
        assert me.fill("短信验证码", wrong).press("下一步").errors() == [f"校验码有误，还能再试 {left} 次"]
    assert me.fill("短信验证码", wrong).press("下一步").errors() == ["验证码错误次数过多，重新获取一个"]
    assert me.fill("短信验证码", right).press("下一步").errors() == ["验证码错误次数过多，重新获取一个"]


@pytest.mark.req("ACC-07")
def test_an_old_code_is_told_to_be_old(visitor, world):
    me = ask_code(visitor(), world)
    code = world.code(PHONE)
    world.wait(hours=24, minutes=1)
    assert me.fill("短信验证码", code).press("下一步").errors() == ["验证码已过期，重新获取一个"]


@pytest.mark.req("ACC-06", "ACC-09")
def test_at_the_limit_a_code_that_came_still_works(visitor, world):
    for _ in range(5):
        ask_code(visitor(), world)
        world.wait(minutes=1)
    me = ask_code(visitor(), world)
    assert me.errors() == ["手机号码受限，短信发送次数已达到上限，11 月 17 日 10:00 后再试；已收到的短信验证码仍然可用"]
    me.follow("已有验证码").fill("短信验证码", world.code(PHONE)).press("下一步")
    assert me.path == "/register/identity"


@pytest.mark.req("ACC-09", "ACC-24")
def test_a_code_that_came_opens_another_browser_without_another_sms(person, world):
    ask_code(person(), world)
    other = person().visit("/register/phone").follow("已有验证码")
    assert other.press("下一步").errors() == [
        "请输入11位手机号码，仅支持大陆地区手机号。",
        "填写短信验证码",
        "先阅读并同意《用户协议》《隐私政策》",
    ]
    other.fill("手机号", PHONE).fill("短信验证码", world.code(PHONE)).tick("我已阅读并同意").press("下一步")
    assert other.path == "/register/identity"
    assert len([line for line in world.outbox() if line.startswith("SMS")]) == 1


@pytest.mark.req("ACC-02")
def test_a_taken_phone_is_told_to_who_proved_it_only(person, world, school):
    make_account(school.record("何苗"), PHONE)
    me = ask_code(person(), world).sees_not("已被注册")
    me.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert me.path == "/register/taken"
    me.sees("手机号码已被注册!", "138 0000 5678").follow("登录")
    assert me.path == "/login"
    assert me.visit("/register/identity").path == "/register/phone"
    me.sees("手机号码已被注册!").visit("/register/taken").follow("换一个手机号注册")
    assert me.path == "/register/phone"
    prove(me, world, "13800005679")
    assert me.path == "/register/identity"
    assert me.visit("/register/taken").path == "/register/identity"


@pytest.mark.req("ACC-02")
def test_before_the_code_known_and_unknown_phones_are_one_page(visitor, world, school):
    make_account(school.record("何苗"), PHONE)

    def pages(phone: str) -> list[tuple]:
        me = ask_code(visitor(), world, phone)
        seen = [(me.status, me.path, dict(me.answer.headers), me.html)]
        me.fill("短信验证码", "000000").press("下一步")
        return [*seen, (me.status, me.path, dict(me.answer.headers), me.html)]

    def plain(page: tuple, phone: str) -> tuple:
        status, path, headers, html = page
        html = re.sub(r'value="[^"]{60,}"|data-challenge="[^"]*"|/captcha/[^"]+|看不清就回答：\w+', "", html)
        headers = {name: value for name, value in headers.items() if name not in ("Set-Cookie", "Content-Length")}
        return status, path, headers, html.replace(phone, "")

    known, unknown = pages(PHONE), pages("13800009999")
    for one, other in zip(known, unknown, strict=True):
        assert plain(one, "138 0000 5678") == plain(other, "138 0000 9999")


@pytest.mark.req("ACC-04")
def test_a_proof_of_work_stands_for_the_captcha_once(person, world):
    me = person().visit("/register/phone")
    block = me.page.find("div", attrs={"data-captcha": True})
    challenge = altcha.Challenge.from_dict(json.loads(block["data-challenge"]))
    proof = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
    me.post("/register/phone", {"phone": PHONE, "consent": "y", "altcha": proof})
    assert me.path == "/register/code"
    other = person().visit("/register/phone")
    other.post("/register/phone", {"phone": "13800005679", "consent": "y", "altcha": proof})
    assert other.errors() == ["页面开得太久，安全检查过期了；已经重新检查，再按一次"]


def test_a_busy_network_solves_harder_puzzles_and_is_never_refused(visitor, world):
    def cost() -> int:
        block = visitor().visit("/register/phone").page.find("div", attrs={"data-captcha": True})
        challenge = altcha.Challenge.from_dict(json.loads(block["data-challenge"]))
        return altcha.solve_challenge(challenge).counter

    assert cost() < captchas.HARD
    for n in range(20):
        codes.request(f"138000010{n:02d}", "register", "192.0.2.0/24")
    assert cost() >= captchas.HARD
    assert ask_code(visitor(), world).path == "/register/code"


def test_a_code_page_needs_no_answer_of_the_first_page_to_resend(visitor, world):
    me = visitor().visit("/register/code")
    me.post("/register/code", {"again": "1"})
    assert me.status == 200
    assert not any(line.startswith("SMS") for line in world.outbox())
