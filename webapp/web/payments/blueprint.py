"""The blueprint of the pages of money, and whose application or line an address may name."""

from flask import Blueprint, abort

from webapp.domain.payments import invoicing, ordering
from webapp.models.certification import Application, ApplicationItem
from webapp.web import access

bp = Blueprint("payments", __name__)


def own(key: str) -> Application:
    """The visitor's application under that address, confirmed; another's, and none, are 404 alike."""
    return ordering.find(access.account(), key) or abort(404)


def own_line(key: str) -> ApplicationItem:
    return invoicing.find(access.account(), key) or abort(404)
