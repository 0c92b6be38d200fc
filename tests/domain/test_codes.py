"""SMS codes: sent at most so often, good for a day, once, for one phone and one purpose."""

import threading

import pytest

from webapp.domain import clock, codes
from webapp.domain.refused import Refused
from webapp.models.base import database, transaction
from webapp.models.codes import Code
from webapp.models.messages import Message

PHONE = "13800005678"
NET = "192.0.2.0/24"


def refused(act, *args) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value


def wrong(code: Code) -> str:
    return f"{(int(codes.digits(code)) + 1) % 10**code.digits:0{code.digits}d}"


def test_the_sms_is_one_line_with_no_other_run_of_six_digits(world):
    code = codes.request(PHONE, "register", NET)
    digits = codes.digits(code)
    (line,) = world.outbox()
    assert line == (
        f"SMS 138 0000 5678 【学档】{digits} 是你的注册验证码，24 小时内有效（到 11 月 17 日 10:00）。不要告诉任何人。 "
        f"@127.0.0.1 #{digits}"
    )
    assert world.code(PHONE) == digits


@pytest.mark.req("MSG-12")
def test_a_sent_message_keeps_no_text(world):
    codes.request(PHONE, "register", NET)
    world.work()
    message = Message.get()
    assert (message.state, message.body, message.template) == ("sent", None, "sms/code_register")
    assert message.recipient == PHONE


def test_the_code_speaks_english_to_who_reads_english(world):
    codes.request(PHONE, "login", NET, language="en")
    assert "is your code to sign in. It works for 24 hours (until 17 Nov 10:00)" in world.outbox()[0]


@pytest.mark.req("ACC-05")
def test_a_second_sms_within_a_minute_is_refused_and_not_counted(world):
    codes.request(PHONE, "register", NET)
    world.wait(seconds=14)
    refusal = refused(codes.request, PHONE, "register", NET)
    assert (refusal.code, refusal.facts["seconds"]) == ("sms_too_soon", 46)
    assert refused(codes.request, PHONE, "login", NET).code == "sms_too_soon"
    world.wait(seconds=46)
    codes.request(PHONE, "register", NET)
    assert len(world.outbox()) == 2


@pytest.mark.req("ACC-06")
def test_a_phone_gets_five_sms_for_one_purpose_and_ten_in_all_in_a_day(world):
    for purpose in ("register", "login"):
        for _ in range(5):
            codes.request(PHONE, purpose, NET)
            world.wait(minutes=1)
        refusal = refused(codes.request, PHONE, purpose, NET)
        assert refusal.code == "sms_limit"
    assert refused(codes.request, PHONE, "staff", NET).code == "sms_limit"
    world.wait(hours=23, minutes=50)
    codes.request(PHONE, "staff", NET)
    assert len(world.outbox()) == 11


def test_a_network_is_counted_and_never_refused(world):
    for n in range(30):
        codes.request(f"138000010{n:02d}", "register", NET)
    assert len(world.outbox()) == 30


@pytest.mark.req("ACC-07")
def test_a_repeat_within_its_life_sends_the_same_digits(world):
    first = codes.digits(codes.request(PHONE, "register", NET))
    world.wait(hours=23)
    assert codes.digits(codes.request(PHONE, "register", NET)) == first
    world.wait(hours=2)
    assert codes.digits(codes.request(PHONE, "register", NET)) != first


@pytest.mark.req("ACC-07")
@pytest.mark.parametrize(("minutes", "outcome"), [(24 * 60 - 1, "proved"), (24 * 60 + 1, "code_expired")])
def test_a_code_lives_for_a_day(world, minutes, outcome):
    digits = codes.digits(codes.request(PHONE, "register", NET))
    world.wait(minutes=minutes)
    if outcome == "proved":
        assert codes.prove(PHONE, "register", digits).proved == clock.now()
    else:
        assert refused(codes.prove, PHONE, "register", digits).code == outcome


@pytest.mark.req("ACC-07")
def test_a_code_works_once_for_one_phone_and_one_purpose(world):
    digits = codes.digits(codes.request(PHONE, "register", NET))
    codes.request("13800005679", "register", NET)
    assert refused(codes.prove, PHONE, "login", digits).code == "code_missing"
    assert refused(codes.prove, "13800005679", "register", digits).code == "code_wrong"
    codes.prove(PHONE, "register", digits)
    assert refused(codes.prove, PHONE, "register", digits).code == "code_missing"


@pytest.mark.parametrize("typed", [" {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", "wide"])
def test_a_code_may_be_typed_with_spaces_or_wide_digits(world, typed):
    digits = codes.digits(codes.request(PHONE, "register", NET))
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    codes.prove("+86 138-0000-5678", "register", wide if typed == "wide" else typed.format(digits))


@pytest.mark.req("ACC-08")
def test_five_wrong_tries_end_a_code(world):
    code = codes.request(PHONE, "register", NET)
    for left in (4, 3, 2, 1):
        refusal = refused(codes.prove, PHONE, "register", wrong(code))
        assert (refusal.code, refusal.facts["left"]) == ("code_wrong", left)
    assert refused(codes.prove, PHONE, "register", wrong(code)).code == "code_void"
    assert refused(codes.prove, PHONE, "register", codes.digits(code)).code == "code_void"
    world.wait(minutes=1)
    codes.prove(PHONE, "register", codes.digits(codes.request(PHONE, "register", NET)))


def test_what_is_no_code_costs_no_try(world):
    code = codes.request(PHONE, "register", NET)
    assert refused(codes.prove, PHONE, "register", " ").code == "code_empty"
    assert refused(codes.prove, PHONE, "register", "12345").facts == {"need": 6, "found": 5}
    assert code.locked().tries == 0


def test_twenty_wrong_tries_in_a_day_stop_a_phone(world):
    for _ in range(4):
        code = codes.request(PHONE, "register", NET)
        for _ in range(5):
            refused(codes.prove, PHONE, "register", wrong(code))
        world.wait(minutes=1)
    code = codes.request(PHONE, "register", NET)
    assert refused(codes.prove, PHONE, "register", codes.digits(code)).code == "code_tries_day"
    world.wait(hours=23, minutes=57)
    codes.prove(PHONE, "register", codes.digits(code))


def test_of_many_tries_at_once_one_succeeds(world):
    digits = codes.digits(codes.request(PHONE, "register", NET))
    outcomes = []

    def attempt() -> None:
        try:
            codes.prove(PHONE, "register", digits)
            outcomes.append("proved")
        except Refused as refusal:
            outcomes.append(refusal.code)
        finally:
            database.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["code_missing"] * 7 + ["proved"]


def test_a_request_that_is_rolled_back_sends_nothing(world):
    with pytest.raises(ZeroDivisionError), transaction():
        codes.request(PHONE, "register", NET)
        raise ZeroDivisionError
    assert world.outbox() == []
    assert Code.select().count() == 0


def test_digits_are_spread_evenly(world):
    counts = [0] * 10
    for n in range(2000):
        code = Code(purpose="register", phone_index="x", digits=6, key=f"key{n}")
        counts[int(codes.digits(code)[0])] += 1
    assert sum((count - 200) ** 2 / 200 for count in counts) < 27.9  # chi-squared, 9 degrees, p > 0.001
