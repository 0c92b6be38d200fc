"""The keys with which a merchant and a vendor of money sign, out of the files that settings name.

Not here: what is signed (`pay_wechat.py`, `pay_alipay.py`).
"""

from pathlib import Path


def pem(path: str) -> str:
    """The text of a key's file. Raises ValueError where there is none."""
    try:
        return Path(path).read_text()
    except OSError as fault:
        raise ValueError(f"{path}: {fault.strerror}") from fault
