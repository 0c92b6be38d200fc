"""大学同班同学协助: classmates who are asked whether they know the claimant, and what their answers lead to.

Two of at most five who say yes within seven days decide, one who says no sends the case to a person (R-DUP-17, R-DUP-18).
Not here: what an approval does (`effect.py`).
"""

import hmac
from datetime import timedelta

from webapp.domain import clock, defaults, journal, limits, messages
from webapp.domain.duplicates import cases, effect, sending
from webapp.domain.identity import names, student_numbers
from webapp.domain.permissions import SYSTEM, student
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.accounts import Account, Device, Session
from webapp.models.base import transaction
from webapp.models.duplicates import Claim, Party, Submission, Vouch
from webapp.models.records import Record

WORDS, MOST_WORDS = 32, 3
"""Out of how many words a phrase is drawn, and how many it has."""

MONTH = timedelta(days=30)


def invite(party: Party, name: str, student_number: str) -> Vouch:
    """Ask a classmate, found by name and 学号. Asking the same one twice asks once.

    Raises classmate_unknown (not in the class, or not registered with an opened record: which is not told),
    classmate_busy (helped three cases in 30 days), classmates_most (most), classmate_tries (until), claim_waiting.
    """
    limits.spend("classmate:account", party.account.key)
    helper = _classmate(party.account, name, student_number)
    with transaction():
        claim = party.claim.locked()
        if claim.state not in ("open", "waiting", "in_review", "refused") or _handed_over(party):
            raise Refused("claim_waiting")
        if helper is None:
            raise Refused("classmate_unknown")
        known = Vouch.get_or_none((Vouch.party == party) & (Vouch.helper == helper))
        if known is not None and not _lapsed(known):
            return known
        most = defaults.value("dup.classmates_invite")
        if sum(not _lapsed(one) for one in asked(party)) >= most:
            raise Refused("classmates_most", most=most)
        _may_help(helper)
        return _ask(party, helper, known or Vouch(party=party, helper=helper))


def _ask(party: Party, helper: Account, vouch: Vouch) -> Vouch:
    vouch.state, vouch.asked = "asked", clock.now()
    vouch.expires = vouch.asked + timedelta(days=defaults.value("dup.classmates_days"))
    vouch.save(force_insert=vouch.id is None)
    messages.tell(helper, "vouch_asked", link=f"/vouch/{vouch.key}", until=vouch.expires)
    journal.record("vouch.ask", student(party.account.key).name, vouch)
    return vouch


def _lapsed(vouch: Vouch) -> bool:
    """Not answered in time: somebody else may be asked in their place, or the same one again."""
    return vouch.state == "expired" or (vouch.state == "asked" and vouch.expires <= clock.now())


def _classmate(account: Account, name: str, student_number: str) -> Account | None:
    """Who has that record in the claimant's class (or 院校, 专业 and 入学年份), bound and opened, and is somebody else."""
    mine = (Record.identity_index == account.identity_index) & (Record.name_compare == account.name_compare)
    number, wanted = student_numbers.clean(student_number), names.compare(name)
    for own in Record.select().where(mine & (Record.kind == "enrolment")):
        same = (Record.unit == own.unit_id) & (Record.kind == "enrolment") & (Record.student_number == number)
        here = Record.account.is_null(False) & Record.opened.is_null(False) & (Record.name_compare == wanted)
        for record in Record.select(Record, Account).join(Account).where(same & here):
            helper = record.account
            if helper.state == "active" and helper.identity_index != account.identity_index and _together(own, record):
                return helper
    return None


def _together(own: Record, other: Record) -> bool:
    if own.klass_id is not None:
        return own.klass_id == other.klass_id
    entered = [one.enrolled_on.year if one.enrolled_on else None for one in (own, other)]
    return own.major == other.major and entered[0] == entered[1] and entered[0] is not None


def _may_help(helper: Account) -> None:
    """Three cases in 30 days: more is a business."""
    lately = (Vouch.helper == helper) & (Vouch.answered > clock.now() - MONTH)
    if Vouch.select().where(lately).count() >= defaults.value("dup.per_helper_30d"):
        raise Refused("classmate_busy")


def of(helper: Account, key: str) -> Vouch | None:
    """The question with that key, if it was put to this account."""
    return Vouch.get_or_none((Vouch.key == key) & (Vouch.helper == helper))


def asked(party: Party) -> list[Vouch]:
    """Who was asked, in order, with their accounts."""
    return list(Vouch.select(Vouch, Account).join(Account).where(Vouch.party == party).order_by(Vouch.id))


def is_over(vouch: Vouch) -> bool:
    """Too late, answered already, or the case is decided without it."""
    gone = vouch.party.left is not None or vouch.party.claim.state not in (*cases.OPEN, "in_review")
    return gone or vouch.state != "asked" or vouch.expires <= clock.now()


def phrase(vouch: Vouch) -> list[int]:
    """What both see and tell each other, as numbers of words (0 to 31): who cannot say it was not talked to."""
    drawn = hmac.digest(keys.secret("phrases"), vouch.key.encode(), "sha256")
    return [byte % WORDS for byte in drawn[:MOST_WORDS]]


def answer(vouch: Vouch, yes: bool) -> str:
    """是 or 不是, of the helper who is logged in: `asked` (more are needed), `done` (it is decided), `review`.

    Raises vouch_over, classmate_busy, vouch_not_you (the two share a browser; the reason stands in the history alone).
    """
    shared = _same_browser(vouch)
    with transaction():
        vouch = vouch.locked()
        if is_over(vouch):
            raise Refused("vouch_over")
        _may_help(vouch.helper)
        actor = student(vouch.helper.key, vouch.helper.state).name
        journal.record("vouch.answer", actor, vouch, said="yes" if yes else "no", shared=shared)
        if not shared:
            vouch.state, vouch.answered = ("yes" if yes else "no"), clock.now()
            vouch.save()
            messages.tell(vouch.party.account, "vouch_answered", link="/duplicate/classmates")
            return _weigh(vouch.party, yes)
    raise Refused("vouch_not_you")


def _weigh(party: Party, yes: bool) -> str:
    claim = party.claim.locked()
    if not yes:
        cases.mark(claim, "classmate_no")
        return _ask_person(party)
    said_yes = [one.helper for one in asked(party) if one.state == "yes"]
    if len(said_yes) < defaults.value("dup.classmates_need"):
        return "asked"
    if _one_network([party.account, *said_yes]):
        cases.mark(claim, "one_network")
    alone = len(cases.parties(claim)) == 1 and not claim.signals and claim.objected is None
    if alone and claim.state in cases.OPEN and not cases.rival_in_use(claim):
        sending.note(party, "classmates")
        effect.approve(claim, SYSTEM, party, "classmates")
        return "done"
    return _ask_person(party)


def _ask_person(party: Party) -> str:
    if not _handed_over(party):
        sending.hand_over(party, "classmates")
    return "review"


def _handed_over(party: Party) -> bool:
    lies = (Submission.party == party) & (Submission.way == "classmates") & (Submission.state == "waiting")
    return Submission.select().where(lies).exists()


def _same_browser(vouch: Vouch) -> bool:
    """Was a browser ever used for both accounts?"""
    hers = Device.select(Device.mark).where(Device.account == vouch.party.account_id)
    return Device.select().where((Device.account == vouch.helper_id) & Device.mark.in_(hers)).exists()


def _one_network(accounts: list[Account]) -> bool:
    """Did all of them come from one network last? In a dormitory that is normal: a person looks, nobody is refused."""
    last = [Session.select().where(Session.account == one).order_by(Session.id.desc()).first() for one in accounts]
    return all(last) and len({one.network for one in last}) == 1


def sweep() -> int:
    """Mark what was not answered in time. Returns how many."""
    late = (Vouch.state == "asked") & (Vouch.expires <= clock.now())
    return Vouch.update(state="expired").where(late).execute()


def helpers_of(claim: Claim) -> list[Account]:
    """Who said yes in a case: its other side is told (R-DUP-17)."""
    query = Vouch.select(Vouch, Account).join(Account).switch(Vouch).join(Party)
    return [one.helper for one in query.where((Party.claim == claim) & (Vouch.state == "yes")).order_by(Vouch.id)]
