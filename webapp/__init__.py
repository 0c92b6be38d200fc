"""学档 (Xuedang): student-record accounts, self-check and verification, run by a school itself.

`create_app()` is the one place that knows every part.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

from flask import Flask, g, request
from markupsafe import escape
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import places, providers, web
from webapp.domain import defaults, journal
from webapp.jobs.registry import Outside
from webapp.jobs.worker import Worker
from webapp.models import keys
from webapp.models.base import database, on_sqlite, open_database
from webapp.settings import Misconfigured, Settings
from webapp.web import access, errors, headers, language, page, templating, visits, weight, words

__all__ = ["bind", "create_app", "outside"]

HTMX = escape(json.dumps({"mode": "same-origin", "includeIndicatorCSS": False}))
VISIT = timedelta(days=180)
PORTS = ("sms", "mail", "inbox", "storage", "images", "portraits", "pdf", "seals", "glyphs", "scanner", "ocr", "faces")
PORTS += ("wechat", "alipay")
BODY = 64 * 1024
"""Bytes that a form without files may have; views that take files say more."""


def bind(settings: Settings) -> None:
    """Load the keys and open the database of a deployment: what the app, the worker and the command line share.

    Raises settings.Misconfigured when the key file is missing, damaged, or readable by others.
    """
    try:
        keys.use(keys.Keyring.load(settings.keys), settings.keys)
    except FileNotFoundError:
        raise Misconfigured("keys_none", keys=settings.keys) from None
    except (OSError, ValueError) as fault:
        raise Misconfigured("setting_fault", name="XUEDANG_KEYS", fault=fault) from fault
    database.initialize(open_database(settings.database))
    defaults.forget()


def outside(settings: Settings) -> Outside:
    """The providers that the settings choose. Raises settings.Misconfigured where one cannot be made of them."""
    return Outside(settings, words.say, **{port: _made(port, settings) for port in PORTS})


def _made(port: str, settings: Settings) -> Any:
    try:
        return providers.make(port, settings)
    except ValueError as fault:
        raise Misconfigured("setting_fault", name=f"XUEDANG_{port.upper()}", fault=fault) from fault


class Site(Flask):
    """Flask with the templates of `templating`."""

    jinja_environment = templating.Translated
    jinja_options = {"cache_size": templating.ALL}

    def ensure_sync(self, func: Callable) -> Callable:
        """Every view here is a plain function; Flask would look at each, and at each hook, at each request."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The web application. Raises settings.Misconfigured rather than start half-configured."""
    settings = settings or Settings.read()
    settings.check()
    bind(settings)
    app = Site("webapp", template_folder=places.find("templates"), static_folder=places.find("static"))
    host = "__Host-" if settings.secure else ""
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=keys.secret("cookies"),
        SESSION_COOKIE_NAME=f"{host}xd_visit",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=VISIT,
        MAX_CONTENT_LENGTH=BODY,
        MAX_FORM_MEMORY_SIZE=2 * BODY,  # a file is read in pieces of 64 KB, and what may be a boundary is kept beside the next
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # headers.refuse_foreign compares origins, http and https alike
        BABEL_TRANSLATION_DIRECTORIES=str(places.PACKAGE / "translations"),
    )
    app.session_interface = visits.Cookies()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 3)
    worker = app.extensions["worker"] = Worker(outside(settings))
    _connect(app, worker)
    page.init(app)
    access.init(app)
    language.init(app)
    headers.init(app)
    weight.init(app)
    errors.init(app)
    web.register(app)
    _template_names(app)
    templating.init(app)
    access.check(app)
    return app


def _connect(app: Flask, worker: Worker) -> None:
    """A connection per request from the pool (on SQLite each thread keeps its own); afterwards wake what was promised."""

    @app.before_request
    def begin() -> None:
        if request.endpoint != "static":
            database.connect(reuse_if_open=True)
            promises = journal.promised()
            g.promises = promises, promises.__enter__()

    @app.teardown_request
    def finish(fault: BaseException | None) -> None:
        promises, promised = g.pop("promises", (None, ()))
        if promises is None:
            return
        promises.__exit__(None, None, None)
        try:
            worker.wake(promised)
        finally:
            if not on_sqlite():
                database.close()


def _template_names(app: Flask) -> None:
    app.jinja_env.globals["asset"] = f"{app.static_url_path}/{{}}".format
    app.jinja_env.globals["htmx_config"] = HTMX
    links = cache(lambda staff: SimpleNamespace(**{name: escape(place) for name, place in web.links(staff).items()}))

    def names() -> dict:
        staff, lang = (request.blueprint or "").startswith("staff"), language.chosen()
        return {
            "site": SimpleNamespace(**defaults.site(lang)),
            "area": "staff" if staff else "student",
            "nav": web.staff_nav() if staff else (),
            "links": links(staff),
            "lang": lang,
            "csrf_token": cache(visits.csrf_token),
        }

    app.extensions["names"] = names
