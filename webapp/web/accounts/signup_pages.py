"""Every page of registering by e-mail, so that one name mounts them all."""

from webapp.web.accounts import email_identity, newcomer, overseas
from webapp.web.accounts.email_registration import bp

__all__ = ["bp", "email_identity", "newcomer", "overseas"]
