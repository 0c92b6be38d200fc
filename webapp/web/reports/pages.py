"""The blueprint `reports` with all its pages."""

from webapp.web.reports import asked, english, explaining, listing, making, report, sending
from webapp.web.reports.blueprint import bp

__all__ = ["asked", "bp", "english", "explaining", "listing", "making", "report", "sending"]
