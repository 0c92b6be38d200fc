"""No gateway: what a port is given where the operator has set up none.

It is not a stand-in for one: nothing is written down, and the job that asked is told that nobody was there.
"""

from typing import Any, Self

from webapp.domain.ports import Unavailable


class Nobody:
    """Fits `Sms` and `Mail`, and always raises `Unavailable` with the reason ``setup``."""

    @classmethod
    def from_settings(cls, settings: Any) -> Self:
        """Nothing is needed of the settings."""
        return cls()

    def send(self, *message: str, **details: object) -> str:
        """Refuse, for good: no later try can change a setting."""
        raise Unavailable("setup", retry=False, detail="none")
