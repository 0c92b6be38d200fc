"""The blueprint of the account's pages; `pages.py` is where they all are."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
