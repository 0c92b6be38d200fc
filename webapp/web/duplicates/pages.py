"""Every page of these, so that one name mounts them all."""

from webapp.web.duplicates import classmates, notice, photos, record, status, ways
from webapp.web.duplicates.blueprint import bp

__all__ = ["bp", "classmates", "notice", "photos", "record", "status", "ways"]
