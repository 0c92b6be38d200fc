"""The blueprint of the pages of materials, and what an address of theirs may name."""

from flask import Blueprint, abort

from webapp.domain.certification import drafting, materials
from webapp.models.certification import Application, ApplicationItem
from webapp.web import access

bp = Blueprint("materials", __name__)


def own(key: str) -> Application:
    """The visitor's application under that address; another's, and none, are 404 alike."""
    return drafting.find(access.account(), key) or abort(404)


def own_item(key: str, item: str) -> ApplicationItem:
    return materials.find(own(key), item) or abort(404)
