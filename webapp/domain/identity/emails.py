"""E-mail addresses: syntax and length only; that one can be reached, a mailed link proves (spec 2-data §6.11).
Quoted local parts and address literals are not accepted: no student has one, and mail gateways trip over them."""

import re

from webapp.domain.identity import characters
from webapp.domain.refused import Refused

LONGEST = 254
"""Characters in an address (RFC 5321)."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{1,59}})").fullmatch


def clean(text: str) -> str:
    """As typed → outer spaces gone, half-width, lower case: nobody tells two people apart by an address's case.

    Line ends inside stay, so that `check` refuses them.
    """
    return characters.half_width(text).strip(" \t").lower()


def check(address: str) -> None:
    """Refuse with `email_format` what is no address, is longer than 254, or carries a line end (header injection)."""
    if len(address) > LONGEST or not _ADDRESS(address):
        raise Refused("email_format")


def masked(address: str) -> str:
    """``alice@qq.com`` → ``a***@qq.com``."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}***@{domain}"
