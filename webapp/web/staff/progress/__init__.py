"""自查进度: the board with its drill-down, the lists of who is to be reminded, and their files."""

from flask import Blueprint

bp = Blueprint("staff_progress", __name__, url_prefix="/staff/progress")
