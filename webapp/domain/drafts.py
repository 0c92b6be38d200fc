"""Answers so far: kept sealed until the last step, found by a browser's token or, once proved, by a phone (R-ACC-09).

Not here: what is asked (`web/*/steps.py`). Codes, passwords and files never enter a draft.
"""

import json
import secrets
from datetime import timedelta

from webapp.domain import clock, defaults
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.journal import Draft

LIVES = {
    "register": lambda: timedelta(hours=defaults.value("acc.draft_hours")),
    "recover": lambda: timedelta(hours=defaults.value("acc.draft_hours")),
    "counsellors": lambda: timedelta(hours=2),
    "codes": lambda: timedelta(hours=1),
    "transfer": lambda: timedelta(days=30),
}
"""For how long the draft of each wizard waits after the last answer."""


def begin(wizard: str) -> Draft:
    """An empty draft; it is not written, and has no token, before its first answer."""
    return Draft(wizard=wizard, answers="{}")


def new_token() -> tuple[str, str]:
    """What a draft keeps of its token, and the token itself for the browser."""
    token = secrets.token_urlsafe(16)
    return _hash(token), token


def find(wizard: str, token: str | None) -> Draft | None:
    """The draft behind a browser's token, unless its time is over."""
    if not token:
        return None
    return Draft.get_or_none((Draft.token == _hash(token)) & (Draft.wizard == wizard) & (Draft.expires > clock.now()))


def answers(draft: Draft) -> dict[str, object]:
    return json.loads(draft.answers)


def keep(draft: Draft, **told: object) -> None:
    """Write answers beside those that stand; None takes one away. The draft's time begins again."""
    merged = {**answers(draft), **told}
    draft.answers = json.dumps({name: value for name, value in merged.items() if value is not None}, ensure_ascii=False)
    draft.updated = clock.now()
    draft.expires = draft.updated + LIVES[draft.wizard]()
    draft.save(force_insert=draft.id is None)


def prove(draft: Draft, phone: str) -> None:
    """The phone was proved in this browser: take over what its holder answered in another one, newest first."""
    with transaction():
        older = of_phone(draft.wizard, phone)
        before = answers(older[0]) if older and older[0].id != draft.id else {}
        draft.phone = phone
        keep(draft, **{**before, **answers(draft)})
        for other in older:
            if other.id != draft.id:
                other.delete_instance()


def of_phone(wizard: str, phone: str) -> list[Draft]:
    """Live, unfinished drafts whose phone was proved, newest first."""
    mine = (Draft.wizard == wizard) & (Draft.phone_index == Draft.phone_index.of(phone)) & (Draft.expires > clock.now())
    return list(Draft.select().where(mine & Draft.account.is_null()).order_by(Draft.updated.desc(), Draft.id.desc()))


def finish(draft: Draft, account: int, life: timedelta) -> None:
    """The answers have become an account; they stay a moment longer, for the second of two taps."""
    draft.account, draft.expires = account, clock.now() + life
    draft.save()


def drop(draft: Draft) -> bool:
    """Forget the answers: they have become something, or their owner begins again. False where somebody was faster."""
    return bool(Draft.delete().where(Draft.id == draft.id).execute())


def sweep() -> int:
    """Forget the drafts whose time is over. Returns how many."""
    return Draft.delete().where(Draft.expires < clock.now()).execute()


def _hash(token: str) -> str:
    return keys.blind("draft", token)
