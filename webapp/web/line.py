"""Views that compute the hash of a password: in a rush these wait in a line of their own, and all other pages go on.

So do those that take files. Not here: the lines themselves (`cli/lanes.py`), nor how many hashes there are at once
(`domain/passwords.py`).
"""

from collections.abc import Callable

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

View = Callable

A_MINUTE = "60"
"""Seconds that the sentence of 「busy」 names too."""


def hashes(view: View) -> View:
    """Declare a view that computes such a hash."""
    view.hashes = True
    return view


def waits(app: Flask) -> Callable[[str, str], bool]:
    """A function that says whether a request (method and path) belongs in the line."""
    return _posts_to(app, "hashes")


def brings(app: Flask) -> Callable[[str, str], bool]:
    """A function that says whether a request brings files: its view declares how much it takes (`access.takes`)."""
    return _posts_to(app, "takes")


def _posts_to(app: Flask, mark: str) -> Callable[[str, str], bool]:
    """Whether a request is a POST to a view with that mark."""
    address = app.url_map.bind("")
    marked = {endpoint for endpoint, view in app.view_functions.items() if hasattr(view, mark)}

    def ask(method: str, path: str) -> bool:
        if method != "POST":
            return False
        try:
            return address.match(path, method)[0] in marked
        except HTTPException:
            return False

    return ask


def later(answer: Response) -> Response:
    """The answer to who finds the line full: when to come back."""
    answer.headers["Retry-After"] = A_MINUTE
    return answer
