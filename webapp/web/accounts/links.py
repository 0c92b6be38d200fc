"""Addresses of pages that belong to other features, where these are mounted."""

from flask import current_app, url_for


def mounted(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None
