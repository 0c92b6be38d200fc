"""`xuedang serve`: the site itself. It refuses to start half-configured; a made-up school is `demo`'s."""

import argparse
from importlib.util import find_spec

from webapp import create_app
from webapp.cli import serving
from webapp.cli.deployment import add_data, connected, require_schema, settings_of
from webapp.cli.words import _
from webapp.domain import signing
from webapp.settings import Misconfigured, Settings


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("serve", help=_("启动网站"))
    parser.add_argument("--host", default="127.0.0.1", help=_("监听的地址，默认 127.0.0.1（前面放 Caddy 或 nginx）"))
    parser.add_argument("--port", type=int, default=8000, help=_("监听的端口，默认 8000"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """One process with waitress, or several with granian, as `XUEDANG_SERVER` says."""
    settings = settings_of(told)
    app = create_app(settings)
    require_schema()
    with connected():
        signing.signer()  # the page of keys shows them from the first start on
    if settings.server == "granian":
        _several(settings, told)
    else:
        door = serving.listen(told.host, told.port)
        serving.serve(app, door, lambda: print(_("网站已启动：%(url)s", url=settings.url), flush=True))


def _several(settings: Settings, told: argparse.Namespace) -> None:
    if find_spec("granian") is None:
        raise Misconfigured("granian_missing")
    from granian import Granian

    settings.hand_on()
    Granian(
        "webapp:create_app",
        factory=True,
        interface="wsgi",
        address=told.host,
        port=told.port,
        workers=settings.processes,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
    ).serve()
