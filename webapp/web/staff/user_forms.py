"""The questions about a colleague: who it is, and which role where and how long."""

from typing import Self

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from webapp.domain import clock, roles
from webapp.domain.permissions import REACH
from webapp.domain.refused import Refused
from webapp.domain.roles import Role
from webapp.models.school import Class
from webapp.web import access, told
from webapp.web.forms import Form, choices
from webapp.web.staff.fields import Day
from webapp.web.staff.role_words import ROLES


class RoleForm(Form):
    """Offers only the roles and places that whoever asks may hand out in one school; the verb asks again."""

    role = RadioField(_l("角色"), [InputRequired(_l("选一个角色"))])
    place = SelectField(_l("范围"), default="")
    starts = Day(_l("从哪天起"), [Optional()])
    ends = Day(_l("到哪天为止"), [Optional()])

    offer: roles.Offer

    @classmethod
    def offered(cls, **options: object) -> Self:
        """The form of this request, with the choices of the school that the address names."""
        form = cls(**options)
        form.offer = roles.offer(access.actor(), request.args.get("unit", ""))
        form.role.choices = choices((role, ROLES[role]) for role in form.offer.roles)
        places = [(address, _place(place)) for address, place in form.offer.places.items()]
        form.place.choices = choices([("", _("还没选")), *places])
        return form

    def wanted(self) -> Role:
        """The role that was asked for; it begins today where no day was given. Raises Refused: role_place."""
        if not self.place.data and REACH[self.role.data] != "instance":
            raise Refused("role_place", field="place")
        place = self.offer.places.get(self.place.data)
        return Role(self.role.data, place, self.starts.data or clock.today(), self.ends.data)


class PersonForm(RoleForm):
    login = StringField(_l("登录名"), [InputRequired(_l("填写登录名"))])
    name = StringField(_l("姓名"), [InputRequired(_l("填写姓名"))])
    email = StringField(_l("工作邮箱"), [Optional()])
    phone = StringField(_l("工作手机"), [Optional()])


def _place(place: roles.Spot) -> str:
    if place is None:
        return _("全部学校")
    if isinstance(place, roles.Province):
        return told.label("provinces", place.code)
    if isinstance(place, roles.Point):
        return _("教学点 %(name)s", name=place.name)
    return f"{place.college.name} {place.name}" if isinstance(place, Class) else place.name
