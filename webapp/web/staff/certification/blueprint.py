"""The blueprint of an agency's desk; `pages.py` is where its pages are."""

from flask import Blueprint

bp = Blueprint("staff_certification", __name__, url_prefix="/staff/certification")
