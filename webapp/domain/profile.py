"""What the holder changes and reads in the account: password, e-mail, questions, consents, the log-in history.

Each verb expects that the caller proved who it is (`login.prove`, `sessions.is_sure`). Not here: name, document, phone.
"""

from collections.abc import Sequence
from datetime import timedelta

from webapp.domain import clock, defaults, journal, messages, passwords, sessions
from webapp.domain.accounts import TEXTS
from webapp.domain.identity import characters
from webapp.domain.identity import passwords as rules
from webapp.domain.permissions import student
from webapp.domain.refused import Refused
from webapp.models import entrance
from webapp.models.accounts import Account, Consent, Device, Login, Question, Session
from webapp.models.base import transaction
from webapp.models.staff import Staff

QUESTIONS = ("teacher", "friend", "hospital", "pet", "street", "journey", "book", "dish", "toy", "nickname")
"""密保问题 to choose from; none asks what a school's files or an ID number tell."""

MOST_QUESTIONS = 3
ANSWER = (2, 50)
"""Least and most characters of an answer (R-ACC-27)."""

HISTORY_PAGE = 50


def completeness(account: Account, questions: int) -> int:
    """账号完善度 in per cent: phone, name, document, e-mail, questions and password weigh the same (R-ACC-41)."""
    filled = (
        account.phone_proved is not None,
        bool(account.name),
        account.document is not None,
        account.email_proved is not None,
        questions > 0,
        bool(account.password_hash),
    )
    return round(100 * sum(filled) / len(filled))


def change_password(account: Account, new: str, session: Session) -> str:
    """Set a new password; every session ends. Returns the cookie of a new one for the browser in use (R-ACC-46).

    Raises password_length, password_common, password_personal, password_same, busy.
    """
    rules.check(new, about(account))
    if passwords.verify(account.password_hash, new):
        raise Refused("password_same")
    hashed = passwords.hash(new)
    with transaction():
        account.password_hash, account.password_changed, account.new_password_due = hashed, clock.now(), False
        account.save()
        token = _alone(account, session)
        messages.tell(account, "password_changed")
        journal.record("account.password", student(account.key).name, account)
    return token


def about(account: Account) -> list[str]:
    """What is known of the person and must not make up the password."""
    known = (account.name, account.document, account.phone, account.email, defaults.value("site.name"))
    return [one for one in known if one]


def _alone(account: Account, session: Session) -> str:
    """End every session and begin one. Of a form that went off twice the second finds its own ended: raises moved_on."""
    if session.locked().ended is not None:
        raise Refused("moved_on")
    sessions.end_all(account)
    return sessions.begin(account, session.device, session.network)


def questions(account: Account) -> list[Question]:
    return list(Question.select().where(Question.account == account).order_by(Question.place))


def set_questions(account: Account, chosen: Sequence[tuple[str, str]], session: Session) -> str:
    """Replace the 密保问题 by one to three (question, answer); every session ends. Returns a new cookie (R-ACC-27, 46).

    Raises the first of `question_faults`, or busy.
    """
    for fault in question_faults(chosen):
        raise fault
    hashed = [(question, passwords.hash(folded_answer(answer))) for question, answer in chosen]
    with transaction():
        Question.delete().where(Question.account == account).execute()
        for place, (question, answer) in enumerate(hashed, start=1):
            Question.create(account=account, place=place, question=question, answer_hash=answer)
        token = _alone(account, session)
        messages.tell(account, "questions_changed")
        journal.record("account.questions", student(account.key).name, account, count=len(hashed))
    return token


def question_faults(chosen: Sequence[tuple[str, str]]) -> list[Refused]:
    """Everything that is wrong with the pairs, as refusals that name the field (``question1``, ``answer1``, …).

    question_none, question_unknown, question_twice, answer_length (least, most).
    """
    if not chosen:
        return [Refused("question_none", field="question1")]
    least, most = ANSWER
    faults, seen = [], set()
    for place, (question, answer) in enumerate(chosen, start=1):
        if question not in QUESTIONS or place > MOST_QUESTIONS:
            faults.append(Refused("question_unknown", field=f"question{place}"))
        elif question in seen:
            faults.append(Refused("question_twice", field=f"question{place}"))
        if not least <= len(folded_answer(answer)) <= most:
            faults.append(Refused("answer_length", least=least, most=most, field=f"answer{place}"))
        seen.add(question)
    return faults


def folded_answer(answer: str) -> str:
    """One form of an answer, however it is typed: width, case and spaces do not matter."""
    return characters.without_spaces(answer).casefold()


def speak(owner: Account | Staff, language: str) -> None:
    """The language of somebody's pages, messages and mails: zh or en (R-ACC-63)."""
    with transaction():
        owner.language = language
        owner.save()


def show_document(account: Account) -> str:
    """The whole document number, for the holder who has just given the password; each look is an Event (R-ACC-42)."""
    with transaction():
        journal.record("account.show_document", student(account.key).name, account)
    return account.document


def consents(account: Account) -> list[Consent]:
    """What was agreed to and not withdrawn, and what was, newest first (R-ACC-57)."""
    return list(Consent.select().where(Consent.account == account).order_by(Consent.at.desc(), Consent.id.desc()))


def withdraw(account: Account, kind: str) -> bool:
    """Withdraw what was agreed to under `kind`, but for face checks; every session ends. False when nothing of it stands."""
    if kind not in (*TEXTS, "wechat"):
        return False
    with transaction():
        standing = (Consent.account == account) & (Consent.kind == kind) & Consent.withdrawn.is_null()
        if not Consent.update(withdrawn=clock.now()).where(standing).execute():
            return False
        sessions.end_all(account)
        journal.record("account.withdraw", student(account.key).name, account, kind=kind)
    return True


def withdrawn(account: Account) -> list[str]:
    """What must be agreed to again before the account opens: terms or privacy, withdrawn and not given anew."""
    rows = entrance.consents(account.id)
    standing = {row.kind for row in rows if row.withdrawn is None}
    return [kind for kind in TEXTS if kind not in standing and any(row.kind == kind for row in rows)]


def agree(account: Account, network: str) -> None:
    """Agree again to what was withdrawn, in the versions of today."""
    with transaction():
        kinds = withdrawn(account.locked())
        if not kinds:
            return
        for kind in kinds:
            Consent.create(account=account, kind=kind, version=TEXTS[kind], at=clock.now(), network=network)
        journal.record("account.agree", student(account.key).name, account, kinds=kinds)


def history(account: Account, before: str | None = None) -> list[Login]:
    """登录日志 of the last 180 days, newest first (R-ACC-49): 50, and one more where there is one.

    `before` is the key of the last one on the page before.
    """
    since = clock.now() - timedelta(days=defaults.value("ret.login_days"))
    query = Login.select().where((Login.account == account) & (Login.at >= since))
    last = Login.get_or_none((Login.key == before) & (Login.account == account)) if before else None
    if last is not None:
        query = query.where((Login.at < last.at) | ((Login.at == last.at) & (Login.id < last.id)))
    return list(query.order_by(Login.at.desc(), Login.id.desc()).limit(HISTORY_PAGE + 1))


def disown(account: Account, key: str) -> bool:
    """「不是我」: end every session, forget every browser, ask for a new password. False for a log-in of nobody's here."""
    with transaction():
        login = Login.get_or_none((Login.key == key) & (Login.account == account))
        if login is None:
            return False
        login, account = login.locked(), account.locked()
        if login.disowned is not None:
            return True
        login.disowned = clock.now()
        login.save()
        sessions.end_all(account)
        Device.delete().where(Device.account == account).execute()
        account.new_password_due = True
        account.save()
        messages.tell(account, "login_disowned")
        journal.record("account.disown", student(account.key).name, account, login=login.key)
    return True
