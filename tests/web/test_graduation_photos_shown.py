"""学历照片 where its holder looks for it: beside the enrolment once it may be seen, and in the qualification for good."""

from collections.abc import Callable

import pytest

from tests.desk import Desk
from tests.graduating import one_of, published
from tests.graduation import given
from tests.people import School, make_account
from tests.person import Person
from tests.web.test_records import XI, diploma
from tests.world import World
from webapp.domain import records
from webapp.models.accounts import Account
from webapp.models.graduation_photos import GraduationPhoto

Visitors = Callable[..., Person]


@pytest.fixture
def holder(school: School) -> Account:
    account = make_account(school.record(XI), "13800000001")
    records.bind(account)
    records.pass_gate(account, school.unit.name)
    return account


@pytest.mark.req("BND-14", "CHK-03")
def test_the_enrolment_shows_the_graduation_photo_once_its_holder_may_see_it(
    person: Visitors, world: World, school: School, holder: Account
) -> None:
    record = school.record(XI)
    page, picture = f"/records/{record.key}", f"/records/{record.key}/graduation.jpg"
    given(record, "doubtful")
    me = world.log_in(person(), holder).visit(page).sees("学历照片暂时不用校对")
    assert not me.page.find("img", src=picture)
    GraduationPhoto.update(state="waiting").execute()
    me.visit(page).sees("我的学历照片").sees_not("学历照片暂时不用校对").follow("图像校对")
    assert me.visit(page).page.find("img", src=picture)["alt"] == "我的学历照片"


@pytest.mark.req("BND-15", "BND-14")
def test_the_qualification_shows_the_photo_that_was_registered_with_it(
    visitor: Visitors, world: World, school: School, holder: Account
) -> None:
    desk = Desk(world, school)
    published(desk)
    records.pass_gate(Account.get_by_id(holder.id), school.unit.name)
    made = one_of(school.record(XI)).qualification
    me = (
        world.log_in(visitor(), holder)
        .visit(f"/records/{made.key}")
        .sees("证书编号", made.certificate, "和毕业证书上的是同一张")
    )
    assert me.page.find("img", src=f"/records/{made.key}/photo.jpg")
    assert me.visit(f"/records/{made.key}/photo.jpg").answer.data == b"a picture"
    me.visit(f"/records/{school.record(XI).key}").sees("我的学历照片")
    other = make_account(school.record("何苗"), "13800000002")
    records.pass_gate(other, school.unit.name)
    assert world.log_in(visitor(), other).visit(f"/records/{made.key}/photo.jpg").status == 404


@pytest.mark.req("BND-15")
def test_a_qualification_without_a_photo_says_so(visitor: Visitors, world: World, school: School, holder: Account) -> None:
    paper = diploma(school, school.record(XI))
    records.bind(holder)
    me = world.log_in(visitor(), holder).visit(f"/records/{paper.key}").sees("学校还没有登记学历照片")
    assert not me.page.find("img", src=f"/records/{paper.key}/photo.jpg")
