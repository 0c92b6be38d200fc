"""名册导入: bringing rosters and admission photos in, looking at what they would do, and deciding."""

from flask import Blueprint

bp = Blueprint("staff_imports", __name__, url_prefix="/staff/import")
