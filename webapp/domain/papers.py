"""Papers (PDF) that somebody asked for: promised here, drawn by a job, fetched by who asked, gone after a day.

Not here: what stands in one (whoever asks says so) nor its layout (`templates/pdf/`).
"""

import json
from datetime import timedelta

from peewee import Expression

from webapp.domain import clock, journal, limits
from webapp.models import keys
from webapp.models.accounts import Account
from webapp.models.base import transaction
from webapp.models.papers import Paper
from webapp.models.photos import Upload
from webapp.models.staff import Staff

KEPT = timedelta(hours=24)


def ask(owner: Account | Staff, template: str, data: dict[str, object], *, name: str, back: str) -> Paper:
    """Promise the paper `template` with `data` (see `ports.Pdf`; `made` is added here). Asked for again, it is the same one.

    `name` is the file's without its ending, in ASCII; `back` the address of the page that asks. What the paper holds is the
    caller's to permit and, where it leaves the school, to write into the history. Raises Refused: paper_limit (until).
    """
    told = journal.canonical(data)
    digest = keys.blind("paper", f"{template}|{told}")
    with transaction():
        same = _of(owner) & (Paper.digest == digest) & (Paper.state != "failed") & (Paper.expires > clock.now())
        if found := Paper.select().where(same).first():
            return found
        limits.spend("paper:owner", owner.key)
        at = clock.now()
        paper = Paper(
            template=template,
            title=str(data["title"])[:120],
            name=name,
            back=back,
            data=json.dumps({**data, "made": at.isoformat()}, ensure_ascii=False),
            digest=digest,
            created=at,
            expires=at + KEPT,
        )
        setattr(paper, "account" if isinstance(owner, Account) else "staff", owner)
        paper.save(force_insert=True)
        journal.promise("papers.draw", key=paper.key)
    return paper


def find(owner: Account | Staff, key: str) -> Paper | None:
    """A paper that is still kept, for who asked for it."""
    return Paper.select().where(_of(owner) & (Paper.key == key) & (Paper.expires > clock.now())).first()


def drawn(paper: Paper, upload: Upload | None) -> None:
    """The job is done: the file, or None where the paper cannot be drawn. What was to stand in it is forgotten."""
    paper.upload, paper.data = upload, None
    paper.state = "ready" if upload else "failed"
    paper.save()


def sweep() -> int:
    """Drop papers whose day is over; their files are shredded by their own time. Returns how many."""
    return Paper.delete().where(Paper.expires < clock.now()).execute()


def _of(owner: Account | Staff) -> Expression:
    return (Paper.account == owner.id) if isinstance(owner, Account) else (Paper.staff == owner.id)
