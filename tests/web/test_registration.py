"""Registering on a phone: four steps, told apart only once the phone is proved, and one account whatever happens."""

import re
import threading

import pytest

from tests.people import PASSWORD, id_number, make_account
from webapp.domain import accounts, codes, drafts
from webapp.domain.refused import Refused
from webapp.models.accounts import Account, Consent, Login
from webapp.models.base import database
from webapp.models.journal import Draft, Event

PHONE = "13800005678"
NAME, NUMBER = "林晓溪", id_number("20080512", 2)


def ask_code(person, world, phone=PHONE):
    person.visit("/register/phone").fill("手机号", phone).tick("我已阅读并同意")
    return person.fill("图片验证码", world.captcha()).press("获取短信验证码")


def prove(person, world, phone=PHONE):
    return ask_code(person, world, phone).fill("短信验证码", world.code(phone)).press("下一步")


def identify(person, name=NAME, number=NUMBER):
    return person.fill("姓名", name).fill("证件号码", number).press("是")


def register(person, world, phone=PHONE, name=NAME, number=NUMBER):
    identify(prove(person, world, phone), name, number)
    return person.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")


@pytest.mark.req("ACC-28", "ACC-29", "ACC-24", "ACC-51", "ACC-53")
def test_a_student_registers_in_four_steps(person, world, school):
    me = person()
    ask_code(me, world).sees(
        "注册账号 第 2 步，共 4 步", "已向 138 0000 5678 发送短信验证码，请查收", "11 月 17 日 10:00 前有效"
    )
    me.fill("短信验证码", world.code(PHONE)).press("下一步")
    assert me.path == "/register/identity"
    me.sees("姓名、证件号码和手机号 138 0000 5678 都对吗？", "用户名")
    identify(me)
    assert me.path == "/register/password"
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    assert me.path == "/register/done"
    me.sees("账号注册成功", "138 0000 5678", "1*****" + NUMBER[-1], "以下信息为选填项，忘记密码时可通过手机号找回密码")
    me.sees("本系统对1991年以前的毕业生不提供学档注册与查询业务").sees_not(NUMBER)
    account = Account.get()
    assert (account.name, account.document, account.phone, account.country) == (NAME, NUMBER, PHONE, "CHN")
    assert {(one.kind, one.version) for one in Consent.select()} == set(accounts.TEXTS.items())
    assert [one.method for one in Login.select()] == ["register"]
    assert Event.select().where(Event.action == "account.register").count() == 1
    me.visit("/register")
    assert me.path == "/register/done"


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
    assert [one.find("summary").get_text(strip=True) for one in me.page.find_all("details")][:2] == [
        "读《用户协议》",
        "读《隐私政策》",
    ]
    me.sees("一个人只有一个学档账号")


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
    me.visit("/register/taken").follow("换一个手机号注册")
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


@pytest.mark.req("ACC-12", "ACC-13", "ACC-18")
def test_an_empty_identity_is_told_all_its_errors(person, world):
    me = prove(person(), world).press("是")
    assert me.status == 422
    assert me.errors() == ["姓名不能为空!", "填写证件号码"]
    assert identify(me, "王", NUMBER[:17]).errors() == [
        "姓名格式有误，应为 2 到 100 个字",
        "证件号码格式有误，填了 17 位，应为 18 位",
    ]
    assert me.value("证件号码") == NUMBER[:17]
    me.sees("对照证件再看一遍号码", "换一个浏览器", "其他", "发证机关")


@pytest.mark.req("ACC-14", "ACC-15")
@pytest.mark.parametrize(
    ("typed", "stored"),
    [("王𬱖", "王𬱖"), ("阿依古丽.买买提", "阿依古丽·买买提"), ("吴\ue863", "吴䶮"), ("林" * 50, "林" * 50)],
)
def test_rare_characters_and_dots_are_taken_at_first_try(visitor, world, typed, stored):
    register(visitor(), world, name=typed)
    assert Account.get().name == stored


@pytest.mark.req("ACC-14", "ACC-15")
@pytest.mark.parametrize(
    ("typed", "told"), [("王\U0001f600", "姓名中含有无法识别的字符：\U0001f600"), ("林" * 101, "姓名格式有误")]
)
def test_what_is_no_name_is_told_so(visitor, world, typed, told):
    assert identify(prove(visitor(), world), typed).errors()[0].startswith(told)


@pytest.mark.req("ACC-17", "ACC-61")
def test_every_document_type_has_its_rule(visitor, world):
    me = prove(visitor(), world).sees("中国大陆地区用户推荐设置居民身份证。")
    kinds = [option.get_text() for option in me.page.find("select", id="kind").find_all("option")]
    assert (kinds[0], len(kinds)) == ("中华人民共和国居民身份证", 10)
    assert me.value("证件类型") == "1"
    assert me.value("国籍/地区") == "CHN"
    me.fill("证件类型", "港澳居民来往内地通行证").fill("姓名", "陈嘉欣").fill("证件号码", "A1").press("是")
    assert me.errors() == ["证件号码格式有误，对照下面的说明再看一遍"]
    me.fill("证件类型", "护照").fill("国籍/地区", "蒙古").fill("证件号码", "e 1234567").press("是")
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    account = Account.get()
    assert (account.document_kind, account.country, account.document) == ("A", "MNG", "E1234567")


@pytest.mark.req("ACC-16")
def test_a_rare_character_is_picked_by_pinyin_or_code_point(person, world):
    me = prove(person(), world).fill("姓名", "王?").fill("证件号码", NUMBER)
    me.fill("拼音、编码，或粘贴这个字", "U+2CC56").press("找字").sees("找到 1 个字")
    assert (me.value("姓名"), me.value("证件号码")) == ("王?", NUMBER)
    me.press("𬱖").sees("姓名现在是：王𬱖")
    assert me.value("姓名") == "王𬱖"
    me.fill("拼音、编码，或粘贴这个字", "yan3").press("找字").press("䶮")
    assert me.value("姓名") == "王𬱖䶮"
    me.fill("拼音、编码，或粘贴这个字", "zzz").press("找字").sees("没有找到")
    me.fill("姓名", "王𬱖").press("是")
    assert me.path == "/register/password"


@pytest.mark.req("ACC-16")
def test_a_look_alike_marks_the_account(visitor, world):
    me = prove(visitor(), world).tick("用形近字代替")
    identify(me, "王页").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("姓名里有替代字")
    assert Account.get().name_fallback


@pytest.mark.req("ACC-20", "ACC-34")
def test_a_taken_identity_is_told_and_its_holder_hears_of_it(person, world, school):
    record = school.record("何苗")
    make_account(record, "13800000001")
    me = identify(prove(person(), world), "何苗", record.document)
    assert me.errors() == ["证件号码已被注册"]
    me.sees("使用原账号登录", "学籍科").sees_not("我要重新注册")
    identify(me, "何苗", record.document)
    told = [line for line in world.outbox() if line.startswith("SMS 138 0000 0001")]
    assert len(told) == 1
    assert "有人刚才想用你的证件号码" in told[0]
    assert record.document not in told[0] and "何苗" not in told[0]


@pytest.mark.req("ACC-20")
def test_fifteen_and_eighteen_digits_are_one_person(visitor, world):
    register(visitor(), world, name="王建国", number="11010519491231002X")
    me = identify(prove(visitor(), world, "13800005679"), "王建国", "110105491231002")
    assert me.errors() == ["证件号码已被注册"]


def test_a_phone_may_ask_for_five_numbers_a_day(visitor, world):
    me = prove(visitor(), world)
    for serial in range(2, 7):
        identify(me, number=id_number("20080512", serial))
        assert me.path == "/register/password"
        me.visit("/register/identity")
    identify(me, number=id_number("20080512", 8))
    assert me.errors() == ["这个手机号今天试的证件号码太多，11 月 17 日 10:00 后再试"]


@pytest.mark.req("ACC-10", "ACC-11", "ACC-12")
def test_passwords_are_judged(person, world):
    me = identify(prove(person(), world))
    assert me.press("完成注册").errors() == ["填写密码"]
    for password, again, told in (
        ("a1b2c3d", "a1b2c3d", "密码要 8 到 128 个字符"),
        (PASSWORD, "other-mountain-77", "两次输入的密码不一致"),
        ("password123", "password123", "这个密码太常见，很容易被猜到，换一个"),
        ("linxiaoxi2008", "linxiaoxi2008", "密码里有你的姓名、证件号码或手机号，换一个"),
    ):
        assert me.fill("密码", password).fill("密码确认", again).press("完成注册").errors() == [told]
    assert Account.select().count() == 0
    assert PASSWORD not in "".join(draft.answers for draft in Draft.select())


def test_no_step_can_be_skipped(visitor, world):
    me = visitor()
    for slug in ("identity", "password", "taken"):
        assert me.visit(f"/register/{slug}").path == "/register/phone"
    ask_code(me, world)
    assert me.visit("/register/password").path == "/register/code"
    me.post("/register/identity", {"name": NAME, "number": NUMBER, "kind": "1"})
    assert me.path == "/register/code"


@pytest.mark.req("ACC-09")
def test_a_registration_goes_on_where_it_was_left_on_another_device(person, world):
    first = identify(prove(person(), world))
    assert first.visit("/register").path == "/register/password"
    world.wait(hours=2)
    other = prove(person(), world)
    assert other.path == "/register/password"
    assert other.visit("/register/identity").value("姓名") == NAME
    assert first.visit("/register").path == "/register/phone"
    assert Draft.select().count() == 1


def test_a_draft_waits_for_three_days(visitor, world):
    me = identify(prove(visitor(), world))
    world.wait(hours=71)
    assert me.visit("/register").path == "/register/password"
    world.wait(hours=2)
    assert me.visit("/register").path == "/register/phone"
    assert drafts.sweep() == 1


def test_going_back_asks_no_second_code_for_the_same_phone(visitor, world):
    me = prove(visitor(), world)
    me.visit("/register/phone").fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert me.path == "/register/identity"
    assert len([line for line in world.outbox() if line.startswith("SMS")]) == 1
    me.visit("/register/phone").fill("手机号", "13800005679").fill("图片验证码", world.captcha()).press("获取短信验证码")
    assert me.visit("/register/identity").path == "/register/code"


def test_the_last_button_pressed_twice_makes_one_account_and_two_pages(visitor, world):
    me = identify(prove(visitor(), world))
    cookie = me.client.get_cookie("xd_visit").value
    token = me.token()
    me.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
    twice = visitor()
    twice.client.set_cookie("xd_visit", cookie)
    twice.post("/register/password", {"csrf_token": token, "password": PASSWORD, "confirm": PASSWORD})
    assert twice.path == "/register/done"
    stranger = visitor()
    stranger.client.set_cookie("xd_visit", cookie)
    stranger.post("/register/password", {"csrf_token": token, "password": "another-long-one", "confirm": "another-long-one"})
    assert stranger.errors() == ["手机号码已被注册!"]
    assert Account.select().count() == 1


@pytest.mark.req("ACC-34")
@pytest.mark.parametrize("same", ["identity", "phone"])
def test_of_two_registrations_at_the_same_instant_one_wins(world, same):
    ready = threading.Barrier(2)
    outcomes = []

    def draft(n: int) -> Draft:
        made = drafts.begin("register")
        made.token, _ = drafts.new_token()
        number = NUMBER if same == "identity" else id_number("20080512", 10 + n)
        drafts.keep(made, consent=accounts.TEXTS, name=NAME, kind="1", country="CHN", number=number)
        made.phone = PHONE if same == "phone" else f"1380000567{n}"
        made.save()
        return made

    def attempt(one: Draft) -> None:
        ready.wait()
        try:
            accounts.register(one, PASSWORD, "zh", "192.0.2.0/24")
            outcomes.append("made")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            database.close()

    threads = [threading.Thread(target=attempt, args=(draft(n),)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["made", f"{same}_taken"])
    assert Account.select().count() == 1


def test_the_verb_checks_everything_again(world):
    draft = drafts.begin("register")
    draft.token, _ = drafts.new_token()
    drafts.keep(draft)
    steps = [
        ({}, None, "phone_unproved"),
        ({}, PHONE, "consent_missing"),
        ({"consent": accounts.TEXTS}, PHONE, "name_empty"),
        ({"name": NAME, "kind": "1", "number": NUMBER[:-1]}, PHONE, "id_length"),
        ({"number": NUMBER}, PHONE, "password_length"),
    ]
    for told, phone, code in steps:
        drafts.keep(draft, **told)
        draft.phone = phone
        with pytest.raises(Refused) as caught:
            accounts.register(draft, "short", "zh", "192.0.2.0/24")
        assert caught.value.code == code


@pytest.mark.req("ACC-63")
def test_who_reads_english_registers_in_english(visitor, world):
    me = visitor(language="en").visit("/register/phone")
    codes.request(PHONE, "register", "192.0.2.0/24", language="en")
    assert "is your code to register" in world.outbox()[-1]
    assert me.page.html["lang"] == "en"
