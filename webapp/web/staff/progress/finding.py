"""What part of which campaign an address means, within what the visitor may see; anything else is not found."""

from flask import abort, request, url_for

from webapp.domain import progress
from webapp.domain.permissions import Can
from webapp.domain.progress import View
from webapp.models.school import Campaign, Class, College
from webapp.web import access

BOTH = ("check", "photo")


def campaigns(ability: Can = Can.PROGRESS, kinds: tuple[str, ...] = BOTH) -> list[Campaign]:
    return progress.campaigns(access.actor().where(ability), kinds)


def view(found: list[Campaign], ability: Can = Can.PROGRESS) -> View:
    """The campaign that the address names, else the first; with the college or class that it names."""
    key = request.args.get("campaign")
    campaign = next((one for one in found if key in (None, one.key)), None) or abort(404)
    whole = progress.view(campaign, access.actor().where(ability))
    if key := request.args.get("class"):
        return within_class(whole, key)
    if key := request.args.get("college"):
        return within_college(whole, key)
    return whole


def within_college(whole: View, key: str) -> View:
    return whole.within(college=progress.part(whole, College, key) or abort(404))


def within_class(whole: View, key: str) -> View:
    return whole.within(klass=progress.part(whole, Class, key) or abort(404))


def address(view: View) -> dict[str, str]:
    """What an address needs to find this view again."""
    named = {"campaign": view.campaign.key}
    if view.klass is not None:
        named["class"] = view.klass.key
    elif view.college is not None:
        named["college"] = view.college.key
    return named


def board(view: View) -> str:
    """The page of the board that shows this view."""
    if view.klass is not None:
        return url_for("staff_progress.klass", key=view.klass.key, campaign=view.campaign.key)
    if view.college is not None:
        return url_for("staff_progress.college", key=view.college.key, campaign=view.campaign.key)
    return url_for("staff_progress.index", campaign=view.campaign.key)
