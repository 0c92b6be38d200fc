"""`xuedang worker`: the process that keeps promises, where jobs do not run inside the server. It serves no page."""

import argparse
import signal
import threading

from webapp import bind, outside
from webapp.cli.deployment import add_data, close, require_schema, settings_of
from webapp.cli.words import _
from webapp.jobs.worker import Worker


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("worker", help=_("运行后台任务（短信、导入、照片）"))
    parser.add_argument("--threads", type=int, default=2, help=_("同时做几件事，默认 2"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """Work until Ctrl-C or TERM; a job that is running is finished first."""
    settings = settings_of(told)
    settings.check()
    bind(settings)
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
