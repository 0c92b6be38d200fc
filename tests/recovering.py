"""The ways back into an account, for tests: each function goes up to the page where the next one begins."""

from tests.people import School, make_account
from tests.person import Person
from tests.world import World
from webapp.domain import passwords, profile
from webapp.domain.login import Visit
from webapp.models.accounts import Account, Question

PHONE, MAIL = "13800000001", "xiaoxi@example.edu.cn"
NOBODY = "13800000009"
NEW = "xin-mima-chang-yidian-7"
ANSWERS = {"pet": "黑豆", "street": "桂花巷"}
WORDS = ("你的第一只宠物叫什么", "你小时候住在哪条街")
HERE = Visit("Chrome", "192.0.2.0/24", "mark")


def owner(school: School) -> Account:
    """林晓溪, with a phone and a mail box that were proved."""
    made = make_account(school.record("林晓溪"), PHONE)
    made.email, made.email_proved = MAIL, made.created
    made.save()
    return made


def set_questions(account: Account) -> None:
    for place, (question, answer) in enumerate(ANSWERS.items(), start=1):
        hashed = passwords.hash(profile.folded_answer(answer))
        Question.create(account=account, place=place, question=question, answer_hash=hashed)


def begin(person: Person, world: World, name: str = PHONE) -> Person:
    person.visit("/recover").fill("手机号、证件号码或邮箱", name).fill("图片验证码", world.captcha())
    return person.press("下一步")


def by_phone(person: Person, world: World, account: Account, **other: str) -> Person:
    """Up to the page that asks for the code."""
    begin(person, world, other.get("login", PHONE)).follow("手机号")
    person.fill("姓名", other.get("name", account.name)).fill("证件号码", other.get("number", account.document))
    person.fill("手机号", other.get("phone", PHONE)).fill("图片验证码", world.captcha())
    return person.press("获取短信验证码")


def set_password(person: Person, password: str = NEW) -> Person:
    return person.fill("新密码", password).fill("密码确认", password).press("保存新密码")


def type_code(person: Person, world: World) -> Person:
    return person.fill("短信验证码", world.code(PHONE)).press("下一步")


def answer(person: Person, world: World, *answers: str, name: str = PHONE) -> Person:
    begin(person, world, name).follow("密保问题")
    for n, (said, words) in enumerate(zip(answers, WORDS, strict=False), start=1):
        person.fill(f"密保问题{n}", words).fill(f"答案{n}", said)
    return person.press("下一步")


def ask_mail(person: Person, world: World, address: str = MAIL, name: str = PHONE) -> Person:
    begin(person, world, name).follow("安全邮箱")
    return person.fill("安全邮箱", address).fill("图片验证码", world.captcha()).press("发送链接")


def look_for_name(person: Person, world: World, name: str, number: str) -> Person:
    person.visit("/recover/username").fill("姓名", name).fill("证件号码", number)
    return person.fill("图片验证码", world.captcha()).press("找回用户名")
