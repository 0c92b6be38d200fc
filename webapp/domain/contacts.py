"""Whom to ask: one row per topic and school, from which every page takes phone and room (R-MSG-16)."""

from dataclasses import asdict, dataclass

from webapp.domain import journal
from webapp.domain.identity import emails
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.models import scope
from webapp.models.base import transaction
from webapp.models.school import Contact, Unit

TOPICS = ("records", "accounts")
"""What a student asks about: 学籍信息, 账号和登录."""

LONGEST = {"title": 60, "phone": 40, "room": 80, "hours": 80}


@dataclass(frozen=True, slots=True)
class Office:
    """What is shown of an office. `title` names who answers, as in 学籍科 倪老师."""

    title: str
    phone: str = ""
    room: str = ""
    hours: str = ""
    email: str = ""


def of(unit: Unit) -> dict[str, Contact]:
    """The school's contacts by topic."""
    return {contact.topic: contact for contact in Contact.select().where(Contact.unit == unit).order_by(Contact.id)}


def keep(actor: Actor, unit: Unit, topic: str, office: Office) -> Contact:
    """Write the row of a topic. Raises Refused: contact_title, contact_way, contact_long (most), email_format, not_allowed."""
    actor.require(Can.CAMPAIGNS)
    if unit.id not in scope.units(actor.where(Can.CAMPAIGNS)) or topic not in TOPICS:
        raise Refused("not_allowed")
    _check(office)
    with transaction():
        contact = Contact.get_or_none((Contact.unit == unit) & (Contact.topic == topic)) or Contact(unit=unit, topic=topic)
        for column, value in asdict(office).items():
            setattr(contact, column, value)
        contact.save()
        journal.record("contact.keep", actor.name, contact, topic=topic)
    return contact


def _check(office: Office) -> None:
    if not office.title:
        raise Refused("contact_title", field="title")
    if not (office.phone or office.room or office.email):
        raise Refused("contact_way", field="phone")
    for column, most in LONGEST.items():
        if len(getattr(office, column)) > most:
            raise Refused("contact_long", field=column, most=most)
    if office.email:
        emails.check(emails.clean(office.email))
