"""What recovery promised: whether something that was typed fits an account is found out here, where nobody sees how long it
takes. Not here: the answers that people get (`web/recovery/`)."""

from webapp.domain.recovery import asking, cases, mailing, naming
from webapp.domain.refused import Refused
from webapp.jobs.registry import Later, Outside, job


@job("recovery.send_code")
def send_code(outside: Outside, key: str) -> None:
    """A phone that was sent something a moment ago waits its minute; one that had its day's share gets nothing more."""
    try:
        asking.send_code(key)
    except Refused as refusal:
        if refusal.code == "sms_too_soon":
            raise Later from refusal


@job("recovery.send_mail")
def send_mail(outside: Outside, key: str) -> None:
    mailing.send(key)


@job("recovery.tell_name")
def tell_name(outside: Outside, key: str) -> None:
    naming.tell(key)


@job("recovery.remind")
def remind(outside: Outside, key: str) -> None:
    cases.remind(key)


@job("recovery.ripen")
def ripen(outside: Outside, key: str) -> None:
    cases.ripen(key)
