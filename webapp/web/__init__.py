"""BROWSERS: the only layer that knows Flask. `register` lists every blueprint, in the order of the tour."""

from flask import Flask


def register(app: Flask) -> None:
    """Mount every feature. Students' and staff's pages never share a blueprint."""
    from webapp.web import home

    for feature in (home,):
        app.register_blueprint(feature.bp)
