"""The way through registering, for tests: each function goes one step further than the one before."""

from tests.people import PASSWORD, id_number
from tests.person import Person
from tests.world import World

PHONE = "13800005678"
NAME, NUMBER = "林晓溪", id_number("20080512", 2)


def ask_code(person: Person, world: World, phone: str = PHONE) -> Person:
    person.visit("/register/phone").fill("手机号", phone).tick("我已阅读并同意")
    return person.fill("图片验证码", world.captcha()).press("获取短信验证码")


def prove(person: Person, world: World, phone: str = PHONE) -> Person:
    return ask_code(person, world, phone).fill("短信验证码", world.code(phone)).press("下一步")


def identify(person: Person, name: str = NAME, number: str = NUMBER) -> Person:
    return person.fill("姓名", name).fill("证件号码", number).press("是")


def register(person: Person, world: World, phone: str = PHONE, name: str = NAME, number: str = NUMBER) -> Person:
    identify(prove(person, world, phone), name, number)
    return person.fill("密码", PASSWORD).fill("密码确认", PASSWORD).press("完成注册")
