"""Threads and the clock: huey wakes up, the Job table says what to do. What a job does is in the other modules."""

import json
import logging
import subprocess
import sys
import threading

from huey import crontab
from huey.api import Huey
from huey.contrib.sql_huey import SqlStorage
from huey.registry import Message
from huey.serializer import Serializer

from webapp.domain import journal
from webapp.jobs import registry
from webapp.jobs.registry import Outside
from webapp.models.base import database

log = logging.getLogger("xuedang.jobs")

COMMAND = "from webapp.cli import main; raise SystemExit(main())"

SWEEP_SECONDS = 15
"""The longest that a due job waits when its wake-up call was lost."""


class Json(Serializer):
    """Wake-up calls as JSON: nothing that comes out of a database is ever unpickled."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Worker:
    """huey over the app's own database. A web process only wakes; `start` also gives it threads that work."""

    def __init__(self, outside: Outside, threads: int = 2) -> None:
        registry.load()
        self.outside = outside
        self.threads = threads
        self.huey = Huey(
            "xuedang",
            storage_class=SqlStorage,
            serializer=Json(),
            results=False,
            database=database.obj,
            create_tables=False,
        )
        self._run = self.huey.task(name="run")(self.run)
        for handler, when in registry.EVERY:
            self.huey.periodic_task(crontab(**when), name=handler.__name__)(self._guarded(handler))
        self._consumer = None
        self._stopping = threading.Event()

    def run(self, key: str) -> None:
        """Run one job, then wake for what it promised in turn."""
        if registry.is_apart(key):
            self._run_apart(key)
            return
        with journal.promised() as keys:
            registry.run(key, self.outside)
        self.wake(keys)

    def _run_apart(self, key: str) -> None:
        """Run one job as `xuedang worker --job` and wait for it. What it promised, the sweep finds."""
        command = [sys.executable, "-c", COMMAND, "worker", f"--job={key}"]  # one word: one key in 64 begins with a dash
        if subprocess.run(command, env=self.outside.settings.environ()).returncode:  # noqa: S603
            log.warning("the process of job %s died", key)
            registry.died(key)

    def wake(self, keys: list[str]) -> None:
        """Ask a worker to look at these jobs now."""
        for key in keys:
            self._run(key)

    def start(self) -> None:
        self._consumer = self.huey.create_consumer(
            workers=self.threads, worker_type="thread", periodic=True, initial_delay=0.05, max_delay=1
        )
        self._consumer._set_signal_handlers = lambda: None  # Ctrl-C belongs to the server
        self._consumer.start()
        threading.Thread(target=self._sweep, name="sweep", daemon=True).start()

    def stop(self) -> None:
        """Let running jobs finish, then end the threads."""
        self._stopping.set()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)

    def _sweep(self) -> None:
        while not self._stopping.is_set():
            try:
                self.wake(registry.due())
            except Exception:
                log.exception("the sweep met a fault and goes on")
            self._stopping.wait(SWEEP_SECONDS)

    def _guarded(self, handler: registry.Handler) -> registry.Handler:
        def run() -> None:
            with journal.promised() as keys:
                handler(self.outside)
            self.wake(keys)

        run.__name__ = handler.__name__
        return run
