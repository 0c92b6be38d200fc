"""Who it is: names as people write them, ten kinds of document, and one account for one person."""

import pytest

from tests.people import PASSWORD, id_number, make_account
from tests.registering import NUMBER, identify, prove, register
from webapp.models.accounts import Account


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
    me.fill("拼音、部件、编码，或粘贴这个字", "U+2CC56").press("找字").sees("找到 1 个字")
    assert (me.value("姓名"), me.value("证件号码")) == ("王?", NUMBER)
    me.press("𬱖").sees("姓名现在是：王𬱖")
    assert me.value("姓名") == "王𬱖"
    me.fill("拼音、部件、编码，或粘贴这个字", "yan3").press("找字").press("䶮")
    assert me.value("姓名") == "王𬱖䶮"
    me.fill("拼音、部件、编码，或粘贴这个字", "龙天").press("找字").sees("找到 3 个字")
    me.fill("拼音、部件、编码，或粘贴这个字", "zzz").press("找字").sees("没有找到")
    me.fill("姓名", "王𬱖").press("是")
    assert me.path == "/register/password"


@pytest.mark.req("ACC-16")
def test_a_look_alike_marks_the_account(visitor, world):
    me = prove(visitor(), world).tick("用形近字代替")
    identify(me, "王页").fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册").sees("姓名里有替代字")
    assert Account.get().name_fallback
    assert me.follow("把原来的字告诉学籍科").path == "/ask/about/account/write"


@pytest.mark.req("ACC-20", "ACC-34")
def test_a_taken_identity_is_told_and_its_holder_hears_of_it(person, world, school):
    record = school.record("何苗")
    make_account(record, "13800000001")
    me = identify(prove(person(), world), "何苗", record.document)
    assert (me.path, me.heading) == ("/register/known", "证件号码已被注册")
    me.sees("使用原账号登录", "我要重新注册").follow("号码填错了")
    assert identify(me, "何苗", record.document).path == "/register/known"
    told = [line for line in world.outbox() if line.startswith("SMS 138 0000 0001")]
    assert len(told) == 1
    assert "有人刚才想用你的证件号码" in told[0]
    assert record.document not in told[0] and "何苗" not in told[0]


@pytest.mark.req("ACC-20")
def test_fifteen_and_eighteen_digits_are_one_person(visitor, world):
    register(visitor(), world, name="王建国", number="11010519491231002X")
    me = identify(prove(visitor(), world, "13800005679"), "王建国", "110105491231002")
    assert me.heading == "证件号码已被注册"


def test_a_phone_may_ask_for_three_numbers_a_day(visitor, world):
    me = prove(visitor(), world)
    for serial in range(2, 5):
        identify(me, number=id_number("20080512", serial))
        assert me.path == "/register/password"
        me.visit("/register/identity")
    identify(me, number=id_number("20080512", 8))
    assert me.errors() == ["这个手机号今天试的证件号码太多，11 月 17 日 10:00 后再试"]


@pytest.mark.req("ACC-29")
def test_yes_is_the_first_button_and_no_leads_back_to_the_fields(visitor, world):
    me = prove(visitor(), world)
    form = me.page.find("form", attrs={"method": "post", "novalidate": True})
    first = next(button for button in form.find_all("button") if button.get("type", "submit") == "submit")
    assert first.get_text(strip=True) == "是，下一步"
    assert me.page.find("a", string="否，回去改")["href"] == "#name"


def test_markup_in_a_name_stays_text(visitor, world):
    me = identify(prove(visitor(), world), "<b onclick=x>王</b>")
    assert me.errors() == ["姓名中含有无法识别的字符：<"]
    assert me.value("姓名") == "<b onclick=x>王</b>"
    me.post("/register/identity", {"name": "王", "kind": "1", "number": "", "insert": "<script>"})
    assert "<script>" not in me.html
    assert me.value("姓名") == "王<s"
