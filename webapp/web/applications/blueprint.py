"""The blueprint of the owner's pages of applications, and whose application an address may name."""

from flask import Blueprint, abort

from webapp.domain.certification import following, materials
from webapp.domain.certification.following import Line
from webapp.models.certification import ApplicationItem
from webapp.web import access

bp = Blueprint("applications", __name__, url_prefix="/applications")


def own(key: str) -> Line:
    """The visitor's application under that address; another's, and none, are 404 alike."""
    found = following.find(access.account(), key)
    return following.line(found) if found is not None else abort(404)


def own_item(key: str, item: str) -> ApplicationItem:
    return materials.find(own(key).application, item) or abort(404)
