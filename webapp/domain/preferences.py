"""消息推送: which messages the holder wants on which channel (R-ACC-48). The inbox on the site always gets them.

Not here: sending (`messages.py`).
"""

from collections.abc import Collection

from webapp.domain import clock, defaults, journal
from webapp.domain.permissions import student
from webapp.models.accounts import Account, Consent
from webapp.models.base import transaction
from webapp.models.changes import Preference

TOPICS = ("security", "progress", "check", "service")
"""账号安全; 申请和核验的进展; 自查和截止日期; 咨询答复."""

ALWAYS = ("security",)
"""What nobody can switch off: who gets into the account is told on every way (R-ACC-48)."""

ASKED_FIRST = ("wechat",)
"""Channels that are silent until the holder wants them (R-ACC-25)."""

WECHAT = "1"
"""The version of what is said beside the box."""

Choice = tuple[str, str]
"""A topic and a channel."""


def channels() -> tuple[str, ...]:
    """The channels beside the inbox that this site has: WeChat only where the school has set it up."""
    return ("sms", "mail", *(("wechat",) if defaults.value("msg.wechat") else ()))


def allowed(account: Account, topic: str, channel: str) -> bool:
    """May a message of `topic` go to the holder on `channel`? Asked before each is promised."""
    if channel not in channels():
        return False
    if topic in ALWAYS and channel not in ASKED_FIRST:
        return True
    chosen = Preference.get_or_none(_of(account) & (Preference.topic == topic) & (Preference.channel == channel))
    return chosen.wanted if chosen else channel not in ASKED_FIRST


def chosen(account: Account) -> set[Choice]:
    """Every topic and channel on which messages go out now."""
    kept = {(one.topic, one.channel): one.wanted for one in Preference.select().where(_of(account))}
    return {choice for choice in choices() if is_fixed(*choice) or kept.get(choice, choice[1] not in ASKED_FIRST)}


def choices() -> list[Choice]:
    return [(topic, channel) for topic in TOPICS for channel in channels()]


def choose(account: Account, wanted: Collection[Choice], network: str) -> None:
    """Keep what the holder wants and does not want; what is fixed, or no choice at all, is left as it is.

    The first topic on a channel that is asked about before is a consent, and the last one given up ends it.
    """
    with transaction():
        account = account.locked()
        for topic, channel in choices():
            if not is_fixed(topic, channel):
                keep(account, topic, channel, (topic, channel) in wanted)
        if "wechat" in channels():
            _agree(account, any(channel == "wechat" for _topic, channel in chosen(account)), network)
        journal.record("account.messages", student(account.key).name, account)


def _agree(account: Account, wants: bool, network: str) -> None:
    standing = (Consent.account == account) & (Consent.kind == "wechat") & Consent.withdrawn.is_null()
    if not wants:
        Consent.update(withdrawn=clock.now()).where(standing).execute()
    elif not Consent.select().where(standing).exists():
        Consent.create(account=account, kind="wechat", version=WECHAT, at=clock.now(), network=network)


def keep(account: Account, topic: str, channel: str, wanted: bool) -> None:
    """Write one choice, over the one before."""
    row = {"account": account, "topic": topic, "channel": channel, "wanted": wanted}
    place = [Preference.account, Preference.topic, Preference.channel]
    Preference.insert(**row).on_conflict(conflict_target=place, preserve=[Preference.wanted]).execute()


def take_wechat(account: Account, network: str) -> None:
    """The box at registering, which is never ticked beforehand: a consent, and every topic on that channel (R-ACC-25)."""
    with transaction():
        Consent.create(account=account, kind="wechat", version=WECHAT, at=clock.now(), network=network)
        for topic in TOPICS:
            keep(account, topic, "wechat", True)


def leave_wechat(account: Account) -> None:
    """The consent was withdrawn: nothing goes out there any more."""
    with transaction():
        for topic in TOPICS:
            keep(account, topic, "wechat", False)


def is_fixed(topic: str, channel: str) -> bool:
    """Can nobody switch it off?"""
    return topic in ALWAYS and channel not in ASKED_FIRST


def _of(account: Account):
    return Preference.account == account.id
