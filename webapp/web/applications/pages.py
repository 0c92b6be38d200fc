"""The blueprint `applications` with all its pages. What anybody may ask without an account is `certified.py` and `progress.py`."""

from webapp.web.applications import application, listing, progress, reconsider
from webapp.web.applications.blueprint import bp

__all__ = ["application", "bp", "listing", "progress", "reconsider"]
