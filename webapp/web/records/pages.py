"""Every page of the records, so that one name mounts them all."""

from webapp.web.records import claiming, collecting, finding, listing, record
from webapp.web.records.blueprint import bp

__all__ = ["bp", "claiming", "collecting", "finding", "listing", "record"]
