"""Every page of the records, so that one name mounts them all."""

from webapp.web.records import collecting, finding, listing, record
from webapp.web.records.blueprint import bp

__all__ = ["bp", "collecting", "finding", "listing", "record"]
