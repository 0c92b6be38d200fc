"""BROWSERS: the only layer that knows Flask. `register` lists every blueprint, in the order of the tour."""

from importlib import import_module

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

FEATURES = ("home",)
"""Packages and modules of this folder with a blueprint `bp`, students' first. They never share one."""

NAV = ()
"""The staff's tabs: (endpoint, words, ability)."""


def register(app: Flask) -> None:
    """Mount every feature."""
    for feature in FEATURES:
        app.register_blueprint(import_module(f"webapp.web.{feature}").bp)


def links(staff: bool) -> dict[str, str]:
    """Addresses that the page round every screen shows; one whose feature is not mounted is missing."""
    wanted = {
        "home": "staff.home" if staff else "home.home",
        "help": "home.help",
        "login": "staff.login" if staff else "accounts.login",
        "logout": "staff.logout" if staff else "accounts.logout",
        "me": "staff.me" if staff else "accounts.me",
        "language": "language.choose",
        "privacy": "home.privacy",
        "accessibility": "home.accessibility",
    }
    return {name: url_for(endpoint) for name, endpoint in wanted.items() if endpoint in current_app.view_functions}


def staff_nav() -> list[tuple[str, str, bool]]:
    """The tabs that this member of staff may open: (words, address, is it the current one)."""
    if not current_user.is_authenticated or current_user.kind != "staff":
        return []
    return [
        (_(words), url_for(endpoint), request.endpoint == endpoint)
        for endpoint, words, ability in NAV
        if current_user.actor.may(ability)
    ]
