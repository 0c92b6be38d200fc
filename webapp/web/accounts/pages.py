"""Every page of logging in and of the account, so that one name mounts them all. Registering is `registration.py`."""

from webapp.web.accounts import code_login, consents, credentials, login, mailbox, me, optional, spare, watch
from webapp.web.accounts.blueprint import bp

__all__ = ["bp", "code_login", "consents", "credentials", "login", "mailbox", "me", "optional", "spare", "watch"]
