"""The number of a 自查回执: who holds one shows it, and the office compares it with the one beside the student (R-CHK-13).

It is no code to look up: a page that proves a record to strangers is a report's.
"""

import hmac

from webapp.domain.identity.verification_codes import ALPHABET, grouped
from webapp.models import keys

LENGTH = 12


def number(check: str) -> str:
    """The number of the check with this key, ``7K3D MX9W QTE5``: always the same, and nobody else can work it out."""
    digest = hmac.digest(keys.secret("receipts"), check.encode(), "sha256")
    return grouped("".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH]))
