"""The blueprint `staff_graduation` with all its pages."""

from webapp.web.staff.graduation import adding, person, publishing, year, years
from webapp.web.staff.graduation.blueprint import bp

__all__ = ["adding", "bp", "person", "publishing", "year", "years"]
