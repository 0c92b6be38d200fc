"""`xuedang staff`: work accounts from the machine itself, for the first administrator and where a school has only one.

Whoever may run this holds the keys already; each act is an Event of `system`. The rules are in `domain/users.py`.
"""

import argparse

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import clock, roles, staff, users
from webapp.domain.identity import tables
from webapp.domain.permissions import REACH, SYSTEM
from webapp.domain.refused import Refused
from webapp.models.school import Class, College, Unit
from webapp.models.staff import Staff
from webapp.settings import Settings


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("staff", help=_("教职工账号：添加、重置、唤醒、列出"))
    what = parser.add_subparsers(metavar=_("动作"), required=True)
    adding = what.add_parser("add", help=_("添加一个人，打印一次性链接"))
    adding.add_argument("login", metavar=_("登录名"))
    adding.add_argument("name", metavar=_("姓名"))
    adding.add_argument(
        "--role",
        required=True,
        choices=sorted(REACH.keys() - roles.ELSEWHERE),
        help=_("C 辅导员 T 教学点 K 学院 R 学籍科 P 省 U 审计员 O 管理员"),
    )
    adding.add_argument("--unit", metavar=_("院校代码"), help=_("哪所学校；只有一所时可以不写"))
    adding.add_argument("--college", metavar=_("学院"), help=_("K 和 C 要写"))
    adding.add_argument("--class", dest="klass", metavar=_("班级"), help=_("C 要写"))
    adding.add_argument("--point", metavar=_("系或函授站"), help=_("T 要写，和名册里的一样"))
    adding.add_argument("--province", metavar=_("省级代码"), help=_("P 要写，如 33"))
    adding.add_argument("--email", default="", metavar=_("邮箱"))
    adding.add_argument("--phone", default="", metavar=_("手机号"))
    _runs(adding, add)
    for name, run, told in (
        ("reset", reset, _("重置密码和动态码，打印一次性链接")),
        ("wake", wake, _("唤醒 90 天没用而休眠的账号")),
    ):
        one = what.add_parser(name, help=told)
        one.add_argument("login", metavar=_("登录名"))
        _runs(one, run)
    _runs(what.add_parser("list", help=_("列出全部账号和角色")), list_all)


def _runs(parser: argparse.ArgumentParser, run) -> None:
    add_data(parser)
    parser.set_defaults(run=run)


def add(told: argparse.Namespace) -> None:
    """A new account with one role; Refused as `users.add` says, or place_unknown."""
    with opened(told) as settings:
        role = roles.Role(told.role, _place(told), clock.today())
        _made, token = users.add(SYSTEM, told.login, told.name, role, told.email, told.phone)
        print(link(settings, token))


def reset(told: argparse.Namespace) -> None:
    """Password and second factor end; the link sets up new ones (R-SYS-10)."""
    with opened(told) as settings:
        print(link(settings, users.reset(_known(told.login))))


def wake(told: argparse.Namespace) -> None:
    with opened(told):
        users.rouse(SYSTEM, _known(told.login))
        print(_("%(login)s 已唤醒", login=told.login))


def list_all(told: argparse.Namespace) -> None:
    """One line each: login, name, state, live roles with their places."""
    with opened(told):
        for person in Staff.select().order_by(Staff.login):
            roles = ", ".join(f"{grant.role} {_where(grant)}" for grant in staff.live_grants(person))
            print(f"{person.login}  {person.name}  {person.state}  {roles}")


def link(settings: Settings, token: str) -> str:
    """The one-time link with which somebody sets password and second factor; it holds an hour."""
    return _("一次性链接，1 小时内有效：%(url)s", url=f"{settings.url}/staff/invite/{token}")


def _where(grant) -> str:
    place = grant.klass or grant.college or grant.unit
    return grant.department or (place.name if place else grant.province or _("全站"))


def _known(login: str) -> Staff:
    found = Staff.get_or_none(Staff.login == login.strip().casefold())
    if found is None:
        raise Refused("staff_unknown", login=login)
    return found


def _place(told: argparse.Namespace) -> roles.Spot:
    """Where a role is to hold, from what was told; an administrator without a school holds everywhere."""
    if told.role == "P":
        if told.province not in tables.PROVINCES:
            raise Refused("place_unknown", place=told.province or "--province")
        return roles.Province(told.province)
    if told.role == "O" and not told.unit:
        return None
    units = list(Unit.select().where(Unit.code == told.unit) if told.unit else Unit.select().limit(2))
    if len(units) != 1:
        raise Refused("place_unknown", place=told.unit or "--unit")
    if told.role == "T":
        if not told.point:
            raise Refused("place_unknown", place="--point")
        return roles.Point(units[0], told.point)
    place: Unit | College | Class = units[0]
    for model, name in ((College, told.college), (Class, told.klass)):
        if name:
            inside = model.unit == units[0]
            if isinstance(place, College):
                inside &= Class.college == place
            found = list(model.select().where(inside & (model.name == name)).limit(2))
            if len(found) != 1:
                raise Refused("place_unknown", place=name)
            place = found[0]
    return place
