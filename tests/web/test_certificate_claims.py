"""认领学历: what the search does not find is claimed with a photo of the certificate, and an officer decides."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.correcting import picture
from tests.people import School, make_account, make_colleague, make_school
from tests.person import Person
from tests.web.test_records import XI, diploma, enter
from tests.world import World
from webapp.models.certificate_claims import CertificateClaim
from webapp.models.records import Record
from webapp.models.tickets import Ticket

Visitors = Callable[..., Person]


@pytest.fixture
def claimed(world: World, school: School, visitor: Visitors) -> tuple[Person, Record]:
    """A student whose record of 1998 has no number, and a letter of the name that no search matches."""
    record = school.record(XI)
    old = {"name": "林晓西", "name_compare": "林晓西", "identity_index": None, "graduated_on": date(1998, 7, 1)}
    paper = diploma(school, record, **old, certificate="982456", certificate_serial="NO.00298959")
    me = enter(world, visitor(), make_account(record, "13800000001")).visit("/records/add")
    me.fill("证书编号", "982456").fill("毕业年份", "1998").fill("毕业学校", school.unit.name).press("查找并绑定")
    me.sees("未查询到").follow("拍下毕业证书，由学籍科查找")
    me.fill("证书编号", "982456").fill("证书序列号", "00298959").fill("毕业年份", "1998").fill("毕业学校", school.unit.name)
    return me, paper


@pytest.mark.req("BND-22", "BND-04")
def test_an_officer_binds_what_was_claimed(
    world: World, school: School, visitor: Visitors, claimed: tuple[Person, Record]
) -> None:
    me, paper = claimed
    assert me.press("交给学籍科").errors() == ["附上毕业证书的照片"]
    me.attach("毕业证书的照片", "证书.jpg", picture()).press("交给学籍科").sees("982456", "待回复")
    me.visit("/records/claim").sees("已经交给学籍科")
    world.work()
    ticket = Ticket.get()
    assert (ticket.due - ticket.created).days >= 10
    ni = world.log_in(visitor(), school.staff("ni")).visit("/staff/tickets").follow(ticket.code)
    ni.visit(f"/staff/tickets/{ticket.key}/certificate").sees("先在咨询里接手").sees_not("林晓西")
    ni.visit(f"/staff/tickets/{ticket.key}").press("我来答复").follow("认领学历：绑定或不予绑定")
    assert ni.press("绑定到这个账号").errors() == ["选择要绑定的学历"]
    ni.tick("林晓西 ·").press("绑定到这个账号")
    assert (CertificateClaim.get().state, Record.get_by_id(paper.id).bound_how) == ("bound", "manual")
    me.visit(f"/ask/{ticket.key}").sees("学历已经绑定到你的账号")
    me.visit("/records").sees("专科(高职)")


@pytest.mark.req("BND-22", "SYS-09")
def test_an_officer_refuses_with_a_reason_and_other_schools_do_not_see_it(
    world: World, school: School, visitor: Visitors, claimed: tuple[Person, Record]
) -> None:
    me, paper = claimed
    me.attach("毕业证书的照片", "证书.jpg", picture()).press("交给学籍科")
    ticket = Ticket.get()
    far = make_school("99998", "海川学院")
    other = world.log_in(visitor(), far.staff("ni-99998"))
    assert other.visit(f"/staff/tickets/{ticket.key}/certificate").status == 404
    support = world.log_in(visitor(), make_colleague(school.unit, "he", "H")).visit(f"/staff/tickets/{ticket.key}")
    support.press("我来答复").follow("认领学历：绑定或不予绑定")
    assert support.press("不予绑定").status == 422
    support.fill("不绑定的原因", "照片上的姓名不是你").press("不予绑定")
    assert (CertificateClaim.get().state, Record.get_by_id(paper.id).account_id) == ("refused", None)
    me.visit(f"/ask/{ticket.key}").sees("照片上的姓名不是你", "已关闭")
    me.visit("/records/claim").sees_not("已经交给学籍科")
