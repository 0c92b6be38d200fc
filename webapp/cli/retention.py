"""`xuedang retention`: is everything gone whose time is over, and does every file have its row? `run` does it now.

Not here: how long things are kept (`domain/evidence.py`), nor the clock that does it every hour (`jobs/retention.py`).
"""

import argparse
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from webapp import outside
from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import clock, defaults, evidence
from webapp.domain.ports import Storage
from webapp.jobs import retention
from webapp.models.base import database, on_sqlite
from webapp.models.photos import PhotoMark, Upload
from webapp.providers import shredding

SLACK = timedelta(hours=2)
"""The clock comes by every hour; what is over for longer should be gone."""

SHOWN = 20


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("retention", help=_("核对到期的照片已经销毁，或者现在就销毁"))
    parser.add_argument("what", choices=("verify", "run"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """`verify` changes nothing and ends with 1 where something is wrong, naming it; `run` shreds what is due (R-SYS-06)."""
    with opened(told) as settings:
        there = outside(settings)
        if told.what == "run":
            print(
                _("销毁了 %(gone)s 个到期文件，清理了 %(swept)s 处", gone=retention.purge(there), swept=retention.sweep(there))
            )
            return 0
        found = {question: list(question(there.storage)) for question in QUESTIONS}
        kept, shredded = (Upload.select().where(Upload.name.is_null(gone)).count() for gone in (False, True))
    for question, wrong in found.items():
        print(f"{'BAD' if wrong else 'ok':<5}{QUESTIONS[question]()}")
        for name in islice(wrong, SHOWN):
            print(f"     {name}")
    faults = sum(map(len, found.values()))
    print(_("在册 %(kept)s 个文件，已销毁 %(gone)s 个，%(faults)s 处不对", kept=kept, gone=shredded, faults=faults))
    return 1 if faults else 0


def _overdue(storage: Storage) -> Iterator[str]:
    for reason in evidence.REASONS:
        for upload in evidence.over(reason, clock.now() - SLACK):
            yield f"{upload.key} {reason}"


def _half_shredded(storage: Storage) -> Iterator[str]:
    kept = Upload.name.is_null(False) | Upload.wrapped_key.is_null(False)
    return (upload.key for upload in Upload.select().where(Upload.state.in_(("shredded", "refused")) & kept))


def _orphans(storage: Storage) -> Iterator[str]:
    return shredding.orphans(storage, clock.now() - retention.GRACE)


def _lost(storage: Storage) -> Iterator[str]:
    return (upload.key for upload in shredding.lost(storage, clock.now() - retention.GRACE))


def _raw(storage: Storage) -> Iterator[str]:
    old = Upload.created < clock.now() - SLACK
    raw = (Upload.state == "raw") & Upload.name.is_null(False) & Upload.purpose.in_(evidence.PICTURES)
    return (upload.key for upload in Upload.select().where(raw & old))


def _remembered(storage: Storage) -> Iterator[str]:
    edge = clock.now() - SLACK - timedelta(days=defaults.value("ret.mark_days"))
    return (str(mark.upload.key) for mark in PhotoMark.select().where(PhotoMark.at < edge))


def _readable(storage: Storage) -> Iterator[str]:
    if on_sqlite() and not database.execute_sql("PRAGMA secure_delete").fetchone()[0]:
        yield "secure_delete"


QUESTIONS = {
    _overdue: lambda: _("到期的文件都销毁了"),
    _half_shredded: lambda: _("销毁的文件没有留下密钥和名字"),
    _orphans: lambda: _("存储里没有多余的文件"),
    _lost: lambda: _("在册的文件都在存储里"),
    _raw: lambda: _("没有未经处理的原图"),
    _remembered: lambda: _("照片的特征没有超期"),
    _readable: lambda: _("数据库删除时清零"),
}
"""What is asked, and what is said of it: true when nothing is found."""
