"""The blueprint of the desks of corrections; `pages.py` is where its pages are."""

from flask import Blueprint

bp = Blueprint("staff_corrections", __name__, url_prefix="/staff/corrections")
