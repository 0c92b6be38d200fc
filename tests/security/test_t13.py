"""T13, guessed, sprayed and stuffed passwords: none made of the person can be set, a right pair meets the phone.

As decided, passwords are 8 to 128 characters without composition rules; tries at one account slow down,
an IP address is never refused, so it is the code to the phone that stops a right pair from a new browser.
"""

import random
from datetime import date

import pytest

from tests.people import School, id_number, make_account, make_record
from tests.world import World
from webapp.domain import login
from webapp.domain.identity import passwords
from webapp.domain.login import Visit
from webapp.domain.refused import Refused
from webapp.models.accounts import Account

pytestmark = pytest.mark.anywhere

WORDS = ("cloud", "river", "stone", "paper", "lamp", "north", "green", "seven")


SCHOOL = ("云溪职业技术学院", "Yunxi Polytechnic")
NAME = ("linxiaoxi", "lxx", "xiaoxi", "lin")


def variants(number: str, phone: str, student_number: str) -> list[str]:
    """Sixty passwords that somebody would try who knows 林晓溪."""
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    days = [born.strftime(form) for form in ("%Y%m%d", "%y%m%d", "%d%m%Y", "%m%d%Y", "%Y-%m-%d", "%Y.%m.%d")]
    facts = [number[-4:], number[-6:], number[-8:], phone, phone[-8:], phone[-4:], student_number, *days]
    made = [number, phone, student_number, "yunxi2026", "yunxipolytechnic", "xuedang2026", "xuedang888"]
    made += [f"{name}{fact}{end}" for fact in facts for name in NAME for end in ("", "!")]
    return [one for one in dict.fromkeys(made) if 8 <= len(one) <= 128][:60]


@pytest.mark.req("ACC-10", "ACC-11")
def test_sixty_passwords_made_of_the_person_are_all_refused(times) -> None:
    draw, taken, tried = random.Random(13), [], 0
    for n in range(times(34, 200)):
        number = id_number(
            f"{draw.randint(1995, 2009)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}", draw.randint(1, 998)
        )
        phone, student = f"138{draw.randint(0, 99_999_999):08d}", f"2026{n:06d}"
        person = ("林晓溪", number, phone, student, *SCHOOL, "学档")
        for password in variants(number, phone, student):
            tried += 1
            try:
                passwords.check(password, person)
                taken.append(password)
            except Refused:
                pass
    assert tried == times(34, 200) * 60 and taken == []


@pytest.mark.req("ACC-36")
def test_stuffed_pairs_meet_the_code_to_the_phone(world: World, school: School, times) -> None:
    """2,000 pairs from 1,000 networks, one in fifty right: not one opens a session without the phone."""
    many, draw = times(2_000, 100_000), random.Random(13)
    accounts = people(school, 40)
    opened, right, refused = 0, 0, set()
    for n in range(many):
        account = draw.choice(accounts)
        visit = Visit("Chrome", f"198.{51 + n % 4}.{n % 250}.0/24", f"mark {n}")
        password = "yunxi-shan-shui-26" if n % 50 == 0 else f"{draw.choice(WORDS)}-{draw.choice(WORDS)}-{draw.randint(10, 99)}"
        whom = login.whom(account.phone, visit)
        try:
            found = login.prove(whom, password, visit)
            right += 1
            opened += not login.needs_code(found, whom, sms=True)
        except Refused as refusal:
            refused.add(refusal.code)
    assert opened == 0 and right <= many // 50
    assert refused <= {"login_wrong", "login_slow", "login_locked"}
    assert "login_slow" in refused


def people(school: School, many: int) -> list[Account]:
    klass = school.records[0].klass
    records = [
        make_record(school.unit, klass, ("何苗", f"2007{n % 12 + 1:02d}11", "女"), f"20268{n:05d}", serial=600 + n * 2)
        for n in range(many)
    ]
    return [make_account(record, f"138000055{n:02d}") for n, record in enumerate(records)]
