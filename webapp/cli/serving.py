"""The one-process server: waitress answers, and in the same process threads keep promises. Several processes: `serve.py`."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from flask import Flask
from waitress.server import create_server

from webapp.cli.deployment import close
from webapp.cli.lanes import Lanes, Porch
from webapp.settings import Misconfigured
from webapp.web import line

CONNECTIONS = 1000
"""Browsers that may keep a connection open at the same time: waitress alone would stop at 100."""

LARGEST_BODY = 80 * 1024 * 1024
"""Bytes that are read of a request at most, before the app's own limits: a roster has 64 MB."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything else is done. Raises settings.Misconfigured where that cannot be had."""
    try:
        return socket.create_server((host, port), backlog=1024, family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as fault:
        raise Misconfigured("address_taken", host=host, port=port, fault=fault) from fault


def serve(app: Flask, door: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or TERM; open requests and running jobs are finished first. `ready` is told when it listens."""
    settings = app.config["SETTINGS"]
    server = create_server(
        app,
        sockets=[door],
        threads=settings.threads,
        connection_limit=CONNECTIONS,
        asyncore_use_poll=True,
        ident=None,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
    )
    server.task_dispatcher = Porch(Lanes(server.task_dispatcher, line.waits(app)), line.brings(app))
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell starts what runs in the background deaf to the first
        signal.signal(ending, _interrupt)
    worker = app.extensions["worker"]
    if settings.jobs_inside:
        worker.start()
    ready()
    try:
        server.run()  # it lets its threads finish when it is interrupted
    finally:
        worker.stop()
        server.close()
        close()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
