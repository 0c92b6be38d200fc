"""密保问题 and 恢复码: what the holder remembers, and what the holder printed. Five tries a day each (R-REC-08).

Not here: setting the questions (`profile.py`).
"""

import secrets

from webapp.domain import clock, journal, limits, login, messages, passwords, profile, second_factor
from webapp.domain.identity import characters
from webapp.domain.permissions import student
from webapp.domain.recovery import asking, cases
from webapp.domain.refused import Refused
from webapp.models import entrance, keys
from webapp.models.accounts import Account, Question
from webapp.models.base import transaction
from webapp.models.journal import Draft
from webapp.models.recovery import PaperCode

CODES = 10
LENGTH = 16
"""Characters of a printed code: 80 bits."""


def prove_answers(draft: Draft, pairs: list[tuple[str, str]]) -> Account:
    """The account, if its questions are exactly those and every answer is right; the same work for everybody.

    Raises question_none, answers_wrong (left), recovery_tries (until), busy.
    """
    if not pairs:
        raise Refused("question_none", field="question1")
    account = _account(draft)
    looks = _spend("answers", draft, account)
    owner = account.id if account else 0
    kept = {row.question: row.answer_hash for row in Question.select().where(Question.account == owner)}
    right = [passwords.verify(kept.get(question), profile.folded_answer(answer)) for question, answer in pairs]
    same = len(pairs) == len(kept) and {question for question, _ in pairs} == set(kept)
    trusted = not cases.distrusted(account, "questions")
    if not (looks and account and same and all(right) and trusted):
        raise Refused("answers_wrong", left=limits.left("recovery:answers", _name(draft)))
    _forget_tries("answers", draft, account)
    return account


def prove_paper(draft: Draft, typed: str) -> Account:
    """The account, if that is one of its codes and it was not used before. Raises paper_empty, paper_wrong (left),
    recovery_tries (until)."""
    typed = characters.compact(typed)
    if not typed:
        raise Refused("paper_empty", field="code")
    account = _account(draft)
    looks = _spend("codes", draft, account)
    mine = (PaperCode.account == (account.id if account else 0)) & (PaperCode.code_hash == _hash(account, typed))
    if not looks or not PaperCode.update(used=clock.now()).where(mine & PaperCode.used.is_null()).execute():
        raise Refused("paper_wrong", left=limits.left("recovery:codes", _name(draft)))
    _forget_tries("codes", draft, account)
    return account


def _account(draft: Draft) -> Account | None:
    kind, _, indexes = login.read_name(asking.typed(draft))
    return entrance.account(kind, indexes)


def _name(draft: Draft) -> str:
    kind, value, _ = login.read_name(asking.typed(draft))
    return f"{kind}|{value}"


def _spend(what: str, draft: Draft, account: Account | None) -> bool:
    """Count a try for the name that was typed, which is told, and for the account behind it, which is not: that two names
    lead to one account shows nowhere. False once the account's own are used up."""
    with transaction():
        limits.spend(f"recovery:{what}", _name(draft))
        whole = account.key if account else _name(draft)
        left = limits.left(f"recovery:{what}_all", whole) > 0
        limits.note(f"recovery:{what}_all", whole)
    return left


def _forget_tries(what: str, draft: Draft, account: Account) -> None:
    limits.clear(f"recovery:{what}", _name(draft))
    limits.clear(f"recovery:{what}_all", account.key)


def print_codes(account: Account) -> list[str]:
    """Ten new codes as ``ABCD-EFGH-JKLM-2345``; the old ones end. They are shown this once and kept as hashes."""
    made = ["".join(secrets.choice(second_factor.ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    with transaction():
        PaperCode.delete().where(PaperCode.account == account).execute()
        PaperCode.insert_many([{"account": account.id, "code_hash": _hash(account, code)} for code in made]).execute()
        messages.tell(account, "codes_printed")
        journal.record("account.print_codes", student(account.key).name, account)
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in made]


def codes_left(account: Account) -> int:
    return PaperCode.select().where((PaperCode.account == account) & PaperCode.used.is_null()).count()


def _hash(account: Account | None, code: str) -> str:
    return keys.blind("recovery|paper", f"{account.key if account else ''}|{code}")
