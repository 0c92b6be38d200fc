"""The blueprint `staff_verify` with all its pages."""

from webapp.web.staff.checking import keys, lists, log, one
from webapp.web.staff.checking.blueprint import bp

__all__ = ["bp", "keys", "lists", "log", "one"]
