"""`xuedang worker`: the process that keeps promises, where jobs do not run inside the server. It serves no page."""

import argparse
import os
import signal
import threading

from webapp import bind, outside
from webapp.cli.deployment import add_data, close, connected, require_schema, settings_of, work_steadily
from webapp.cli.words import _
from webapp.jobs import registry
from webapp.jobs.worker import Worker
from webapp.settings import Settings

NICE = 5
"""How far a long job stands back behind the pages of the same machine; no further, because it holds a lock at times."""


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("worker", help=_("运行后台任务（短信、导入、照片）"))
    parser.add_argument("--threads", type=int, default=2, help=_("同时做几件事，默认 2"))
    parser.add_argument("--job", help=argparse.SUPPRESS)
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """Work until Ctrl-C or TERM; a job that is running is finished first."""
    settings = settings_of(told)
    settings.check()
    bind(settings)
    if told.job:
        _one(told.job, settings)
        return
    require_schema()
    stopping = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stopping.set())
    worker = Worker(outside(settings), threads=told.threads)
    worker.start()
    print(_("后台任务已开始，按 Ctrl-C 停止"), flush=True)
    stopping.wait()
    worker.stop()
    close()


def _one(key: str, settings: Settings) -> None:
    """Do one long job behind everything else on the machine. Ctrl-C is for the worker that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICE)
    work_steadily()
    registry.load()
    with connected():
        registry.run(key, outside(settings))
