"""Many people who have accounts, and as many who have none, alike in all else: whom a harvester asks for. Nobody exists."""

from collections.abc import Iterator

from tests.people import id_number
from tests.recovering import ANSWERS
from tests.security.knocking import Person
from webapp.domain import accounts, clock
from webapp.domain.accounts import Identity
from webapp.models.accounts import Account, Question
from webapp.models.base import transaction

NAME = "林晓溪"


def people(many: int, begin: int = 0) -> Iterator[Person]:
    """Persons with a phone, a document and a mail box of their own, from number `begin` on, at most 10,000."""
    for n in range(begin, begin + many):
        day = f"2008{n // 100 % 12 + 1:02d}{n // 1200 + 1:02d}"
        yield Person(f"1380000{n:04d}", NAME, id_number(day, n % 100 + 1), f"p{n:04d}@example.edu.cn")


def register(who: Person, secret: str) -> Account:
    """Give somebody an account with everything proved and two questions set; `secret` is the hash of password and answers."""
    account = accounts.new(Identity(who.name, "1", "CHN", who.number), who.phone, secret)
    account.email, account.email_proved = who.mail, clock.now()
    with transaction():
        account.save(force_insert=True)
        for place, question in enumerate(ANSWERS, start=1):
            Question.create(account=account, place=place, question=question, answer_hash=secret)
    return account
