"""消息推送: which messages the holder wants on which channel. The inbox on the site always gets them.

Not here: sending (`messages.py`).
"""

from webapp.models.accounts import Account

TOPICS = ("security", "progress", "check", "service")
"""账号安全; 申请和核验的进展; 自查和截止日期; 咨询答复."""


def allowed(account: Account, topic: str, channel: str) -> bool:
    """May a message of `topic` go to the holder on `channel`? Asked before each is promised."""
    return topic in TOPICS and channel in ("sms", "mail")
