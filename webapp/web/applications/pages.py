"""The blueprint `applications` with all its pages. Anybody may ask `certified.py` too, which is one of its own."""

from webapp.web.applications import application, listing, progress, reconsider
from webapp.web.applications.blueprint import bp

__all__ = ["application", "bp", "listing", "progress", "reconsider"]
