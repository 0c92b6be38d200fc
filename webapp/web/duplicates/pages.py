"""Every page of these, so that one name mounts them all."""

from webapp.web.duplicates import classmates, notice, photos, record, status, used, ways
from webapp.web.duplicates.blueprint import bp

__all__ = ["bp", "classmates", "notice", "photos", "record", "status", "used", "ways"]
