"""学历照片 for the records office: what came in, what fails the standard, and deciding about doubtful ones."""

from flask import Blueprint

bp = Blueprint("staff_photos", __name__, url_prefix="/staff/photos")
