"""Which handler keeps which promise, and running one job row. Threads and clocks are `worker.py`."""

import importlib
import json
import logging
import pkgutil
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import webapp.jobs
from webapp.domain import clock
from webapp.domain.face_port import Faces
from webapp.domain.pay_port import Payments
from webapp.domain.ports import Glyphs, Images, Inbox, Mail, Ocr, Pdf, Portraits, Scanner, Seals, Sms, Storage
from webapp.domain.refused import Refused
from webapp.models.base import transaction
from webapp.models.journal import Job
from webapp.settings import Settings

log = logging.getLogger("xuedang.jobs")

BACKOFF = (1, 5, 30, 120, 600, 1800, 3600)
"""Seconds before each next try; after the last one the job has failed, and staff see it."""

STALE = timedelta(minutes=5)
"""How long a job may be running before the sweep takes its worker for dead."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The providers that handlers may use, and `say`: a refusal's sentence, for a file that a person reads later."""

    settings: Settings
    say: Callable[[Refused], str]
    sms: Sms
    mail: Mail
    inbox: Inbox
    storage: Storage
    images: Images
    portraits: Portraits
    scanner: Scanner
    ocr: Ocr
    pdf: Pdf
    seals: Seals
    glyphs: Glyphs
    faces: Faces
    wechat: Payments
    alipay: Payments

    def vendor(self, way: str) -> Payments:
        """Who takes money that way (wechat, alipay)."""
        return {"wechat": self.wechat, "alipay": self.alipay}[way]


Handler = Callable[..., Any]
_running: ContextVar[str | None] = ContextVar("running", default=None)
HANDLERS: dict[str, Handler] = {}
APART: set[str] = set()
"""Jobs that a worker runs in a process of their own: they keep a processor busy for minutes, and pages come first."""

EVERY: list[tuple[Handler, dict[str, str]]] = []
"""What happens by the clock: a handler of `outside` alone, and crontab fields (minute, hour), UTC."""


def job(name: str, apart: bool = False) -> Callable[[Handler], Handler]:
    """Register the handler of the promise `name`; it is called with `outside` and the job's arguments by name.

    One that works long is run `apart` from the server's threads.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        if apart:
            APART.add(name)
        return handler

    return register


def every(**when: str) -> Callable[[Handler], Handler]:
    """Register a handler that the clock calls, as in ``@every(minute="0")``."""

    def register(handler: Handler) -> Handler:
        EVERY.append((handler, when))
        return handler

    return register


class Later(Exception):
    """Raised by a handler: not now (a gateway is down). The job is tried again, as after any failure."""


def load() -> dict[str, Handler]:
    """Import every module of this package, so that all handlers are known."""
    for module in pkgutil.iter_modules(webapp.jobs.__path__):
        importlib.import_module(f"webapp.jobs.{module.name}")
    return HANDLERS


def run(key: str, outside: Outside) -> bool:
    """Run one job if it is due and nobody else has it. True when it was done."""
    if not _claim(key):
        return False
    row = Job.get(Job.key == key)
    mine = _running.set(key)
    try:
        HANDLERS[row.name](outside, **json.loads(row.args))
    except Exception as fault:
        _failed(row, fault)
        return False
    finally:
        _running.reset(mine)
    Job.update(state="done", finished=clock.now(), fault="").where(Job.key == key).execute()
    return True


def is_apart(key: str) -> bool:
    """Does the job want a process of its own?"""
    return Job.select().where((Job.key == key) & Job.name.in_(APART)).exists()


def died(key: str) -> None:
    """The process that ran the job is gone; if the job was not done, it is tried again as after any failure.

    One that ended before it began the job has had its try, too.
    """
    _claim(key)
    row = Job.get_or_none((Job.key == key) & (Job.state == "running"))
    if row is not None:
        _failed(row, Later("its process died"))


def still_running() -> None:
    """Say from inside a long handler that its worker lives, so that the sweep gives the job to nobody else."""
    if key := _running.get():
        Job.update(started=clock.now()).where((Job.key == key) & (Job.state == "running")).execute()


def due(limit: int = 100) -> list[str]:
    """Keys of jobs that are due, and of those whose worker died, oldest first.

    A job whose worker died at every try has failed: it would take one worker after the other with it.
    """
    at = clock.now()
    left = (Job.state == "running") & (Job.started < at - STALE)
    with transaction():
        Job.update(state="failed", finished=at, fault="worker died").where(left & (Job.tries > len(BACKOFF))).execute()
        Job.update(state="queued").where(left).execute()
    query = Job.select(Job.key).where((Job.state == "queued") & (Job.due <= at)).order_by(Job.due, Job.id).limit(limit)
    return [key for (key,) in query.tuples()]


def drain(outside: Outside) -> int:
    """Run what is due until nothing is. Returns how many were done (one-shot commands and tests)."""
    done = 0
    while kept := sum(run(key, outside) for key in due()):
        done += kept
    return done


def _claim(key: str) -> bool:
    at = clock.now()
    claimed = Job.update(state="running", started=at, tries=Job.tries + 1).where(
        (Job.key == key) & (Job.state == "queued") & (Job.due <= at)
    )
    return claimed.execute() == 1


def _failed(row: Job, fault: Exception) -> None:
    at = clock.now()
    if row.tries > len(BACKOFF):
        log.error("job %s %s failed for good: %s", row.name, row.key, type(fault).__name__)
        Job.update(state="failed", finished=at, fault=type(fault).__name__).where(Job.id == row.id).execute()
        return
    if not isinstance(fault, Later):
        log.warning("job %s %s: %s", row.name, row.key, type(fault).__name__, exc_info=fault)
    wait = timedelta(seconds=BACKOFF[row.tries - 1])
    Job.update(state="queued", due=at + wait, fault=type(fault).__name__).where(Job.id == row.id).execute()
