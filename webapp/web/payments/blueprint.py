"""The blueprint of the pages of money, and whose bill or line an address may name."""

from flask import Blueprint, abort

from webapp.domain.payments import bills, invoicing
from webapp.models.certification import ApplicationItem
from webapp.models.payments import Bill
from webapp.web import access

bp = Blueprint("payments", __name__)


def own(kind: str, key: str) -> Bill:
    """The visitor's bill of that kind under that address; another's, and none, are 404 alike."""
    return bills.owned(access.account(), kind, key) or abort(404)


def own_line(key: str) -> ApplicationItem:
    return invoicing.find(access.account(), key) or abort(404)
