"""Every page of logging in and of the account, so that one name mounts them all. Registering is `registration.py`."""

from webapp.web.accounts import (
    by_code,
    closing,
    code_login,
    consents,
    credentials,
    identity,
    login,
    mailbox,
    me,
    notices,
    optional,
    phone,
    spare,
    stopping,
    watch,
)
from webapp.web.accounts.blueprint import bp

__all__ = [
    "bp",
    "by_code",
    "closing",
    "code_login",
    "consents",
    "credentials",
    "identity",
    "login",
    "mailbox",
    "me",
    "notices",
    "optional",
    "phone",
    "spare",
    "stopping",
    "watch",
]
