"""Every page of the office, so that one name mounts them all; the province's are `province.py`."""

from webapp.web.staff.enrolment import admissions, approvals, board, fresh, moves, names, prior, record, year
from webapp.web.staff.enrolment.blueprint import bp

__all__ = ["admissions", "approvals", "board", "bp", "fresh", "moves", "names", "prior", "record", "year"]
