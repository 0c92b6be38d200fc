"""学籍科工作台: pages of the school's staff. The door, the home and the own account share `staff`; features have their own."""

from flask import Blueprint

bp = Blueprint("staff", __name__, url_prefix="/staff")
