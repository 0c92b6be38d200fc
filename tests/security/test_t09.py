"""T09, guessing a code: five tries, one success, one form, one phone and one purpose, and no digit likelier than another.

As decided, a code lives 24 hours, comes again unchanged, and belongs to a phone and a purpose, not to a
browser; so "session A at B" is not refused.
"""

import threading

import pytest

from tests.world import World
from webapp.domain import codes
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.base import database
from webapp.models.codes import Code
from webapp.models.keys import Keyring

PHONE, OTHER = "13800005678", "13800005679"
PURPOSES = ("register", "login", "recover", "staff")


def refused(phone: str, purpose: str, typed: str) -> str:
    with pytest.raises(Refused) as refusal:
        codes.prove(phone, purpose, typed)
    return refusal.value.code


def wrong(code: Code, by: int) -> str:
    return f"{(int(codes.digits(code)) + by) % 10**code.digits:0{code.digits}d}"


@pytest.mark.req("ACC-08")
@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_sixth_try_is_refused_though_it_is_right(world: World, purpose: str) -> None:
    code = codes.request(PHONE, purpose)
    for by in range(1, 6):
        assert refused(PHONE, purpose, wrong(code, by)) in ("code_wrong", "code_void")
    assert refused(PHONE, purpose, codes.digits(code)) == "code_void"


@pytest.mark.req("ACC-07")
def test_a_code_works_once(world: World) -> None:
    code = codes.request(PHONE, "recover")
    codes.prove(PHONE, "recover", codes.digits(code))
    assert refused(PHONE, "recover", codes.digits(code)) == "code_missing"


@pytest.mark.req("ACC-07")
def test_of_64_at_once_exactly_one_succeeds(world: World) -> None:
    code = codes.request(PHONE, "login")
    typed, start, said = codes.digits(code), threading.Barrier(64), []

    def attempt() -> None:
        start.wait()
        try:
            codes.prove(PHONE, "login", typed)
            said.append("in")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            database.close()

    threads = [threading.Thread(target=attempt) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(said)) == ["code_missing", "in"] and said.count("in") == 1


@pytest.mark.parametrize("form", ["outer spaces", "a wide space", "full width", "a hyphen"])
def test_every_way_to_type_it_is_one_form_and_uses_it_up(world: World, form: str) -> None:
    code = codes.request(PHONE, "login")
    typed = codes.digits(code)
    shapes = {
        "outer spaces": f" {typed} ",
        "a wide space": f"{typed[:3]}　{typed[3:]}",
        "full width": "".join(chr(ord(digit) + 0xFEE0) for digit in typed),
        "a hyphen": f"{typed[:3]}-{typed[3:]}",
    }
    codes.prove(PHONE, "login", shapes[form])
    assert refused(PHONE, "login", typed) == "code_missing"


def test_a_code_is_for_its_phone_and_its_purpose(world: World) -> None:
    code = codes.request(PHONE, "login")
    for purpose in PURPOSES:
        if purpose != "login":
            assert refused(PHONE, purpose, codes.digits(code)) == "code_missing"
    codes.request(OTHER, "login")
    assert refused(OTHER, "login", codes.digits(code)) in ("code_wrong", "code_missing")
    codes.prove(PHONE, "login", codes.digits(code))


@pytest.mark.parametrize("purpose", ["login", "recover"])
def test_all_digits_are_equally_likely(world: World, times, purpose: str) -> None:
    """χ² over a thousand boxes by the first three digits, and by the last three; 1143.9 is where p is 0.001."""
    keys.use(Keyring({"k1": bytes(32)}, "k1", bytes(range(32))))
    many = times(100_000, 1_000_000)
    ends: list[list[int]] = [[0] * 1000, [0] * 1000]
    for n in range(many):
        made = codes.digits(Code(purpose=purpose, phone_index="of nobody", key=f"{n:022d}", digits=codes.digits_for(purpose)))
        for boxes, part in zip(ends, (made[:3], made[-3:]), strict=True):
            boxes[int(part)] += 1
    expected = many / 1000
    for boxes in ends:
        assert sum((found - expected) ** 2 / expected for found in boxes) < 1143.9
