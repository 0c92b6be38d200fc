"""The desk through its door: taking the next case, looking, deciding, taking back; two people, and who may not look."""

import io
import json
from datetime import timedelta

import pytest
from flask import Flask
from PIL import Image

from tests.people import School, make_account
from tests.person import Person
from tests.scenes import saved, scene
from tests.world import World
from webapp.domain import clock
from webapp.domain.duplicates import cases, sending
from webapp.models.accounts import Account, Login
from webapp.models.duplicates import Archive, Claim, Decision, Party, Photo, Submission
from webapp.models.journal import Event
from webapp.models.records import Record
from webapp.models.staff import Grant, Staff
from webapp.providers.files import Files

ROWS = ("姓名", "证件号码", "有效期至", "本人", "入镜", "证件", "原图")


@pytest.fixture
def old(school: School) -> Account:
    account = make_account(school.record("林晓溪"), "13800001111")
    Record.update(account=account, bound_how="auto", bound=clock.now()).where(Record.name == "林晓溪").execute()
    return account


@pytest.fixture
def party(old: Account, school: School) -> Party:
    return cases.open_or_join(make_account(school.record("林晓溪"), "13800002222", state="duplicate"))


def hand_in(party: Party, world: World, shade: int = 0) -> Submission:
    submission = sending.draft(party)
    for n, slot in enumerate(sending.slots(submission)):
        out = io.BytesIO()
        Image.effect_noise((800, 600), 40 + n + shade).convert("RGB").save(out, "JPEG")
        upload = Files(world.worker.outside.storage).keep(out.getvalue(), "claim_photo", account=party.account)
        sending.attach(submission, slot, upload)
    submission = sending.submit(submission)
    world.work()
    return Submission.get_by_id(submission.id)


def reviewer(app: Flask, world: World, school: School, login: str, role: str = "H") -> Person:
    at = clock.now()
    staff = Staff.create(login=login, name=f"{login} 老师", password_hash="-", created=at, used=at)
    Grant.create(staff=staff, role=role, unit=school.unit, starts=at - timedelta(days=1))
    return world.log_in(Person(app), staff)


@pytest.fixture
def ma(app: Flask, world: World, school: School) -> Person:
    return reviewer(app, world, school, "ma")


@pytest.fixture
def tan(app: Flask, world: World, school: School) -> Person:
    return reviewer(app, world, school, "tan")


def agree(person: Person) -> Person:
    """Tick 一致 in every row, as a hand does."""
    for row in person.page.select("[data-tick]"):
        person._filled[row["data-tick"]] = "same"
    if person.page.find("input", attrs={"name": "retyped"}):
        person.fill("照片上证件号码的最后六位", Account.get(Account.state == "duplicate").document[-6:])
    return person


@pytest.mark.req("DUP-14", "DUP-16")
def test_a_clean_case_is_decided_in_three_steps_and_takes_effect_after_half_a_minute(
    ma: Person, tan: Person, party: Party, old: Account, world: World
):
    hand_in(party, world)
    ma.visit("/staff/review").sees("林晓溪", "信息工程学院").press("审下一件")
    ma.sees("由你审核", *ROWS, "退回原因")
    assert "一致" in ma.text and not ma.page.select("[data-tick] [checked]")
    agree(ma).press("通过")
    if Claim.get().state == "second":  # one in twenty
        tan.visit("/staff/review").press("审下一件")
        agree(tan).press("通过")
    assert Claim.get().state == "approved"
    world.wait(seconds=31)
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("archived", "active")


def test_passing_needs_every_row_and_keeps_what_was_ticked(ma: Person, party: Party, world: World):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件")
    for row in ma.page.select("[data-tick]")[:-1]:
        ma._filled[row["data-tick"]] = "same"
    ma.press("通过")
    assert ma.status == 422
    assert ma.errors() == ["还有 1 项没看：原图"]
    assert len(ma.page.select("[data-tick] [checked]")) == 6
    assert Decision.select().count() == 0


@pytest.mark.req("DUP-13", "DUP-15")
def test_a_return_needs_a_reason_and_the_student_gets_its_words(ma: Person, party: Party, world: World, app: Flask):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件").press("退回")
    assert (ma.status, ma.errors()) == (422, ["至少选一条原因"])
    ma.tick("字看不清").fill("补充说明", "右下角反光").press("退回")
    ma.sees("刚才的决定已记下", "都审完了")
    student = world.log_in(Person(app), Account.get_by_id(party.account_id))
    world.wait(seconds=31)
    student.visit("/duplicate/status").sees("审核失败", "证件信息不清晰", "右下角反光")


def test_a_decision_is_taken_back_within_thirty_seconds(ma: Person, party: Party, world: World):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件").tick("未手持证件").press("退回")
    ma.press("撤回刚才的决定").sees("由你审核")
    world.wait(minutes=2)
    assert (Claim.get().state, Submission.get().state) == ("in_review", "waiting")
    assert not any("没有通过" in line for line in world.outbox())


@pytest.mark.req("DUP-16")
def test_the_second_reviewer_sees_nothing_of_the_first_and_is_somebody_else(
    ma: Person, tan: Person, party: Party, old: Account, world: World
):
    Login.create(account=old, at=clock.now(), method="password", result="in", device="-", network="-")
    hand_in(party, world)
    agree(ma.visit("/staff/review").press("审下一件").sees("原账号 90 天内用过", "看着照片输入最后六位")).press("通过")
    assert Claim.get().state == "second"
    ma.visit("/staff/review").press("审下一件").sees("照片审核")
    assert Claim.get().state == "second"
    tan.visit("/staff/review").press("审下一件").sees("由你审核").sees_not("ma 老师")
    agree(tan).press("通过")
    assert Claim.get().effective - clock.now() == timedelta(hours=72)


def test_the_number_is_typed_from_the_photo_where_a_signal_stands(ma: Person, party: Party, old: Account, world: World):
    Login.create(account=old, at=clock.now(), method="password", result="in", device="-", network="-")
    hand_in(party, world)
    cases.mark(Claim.get(), "edited", needs_two=True)
    agree(ma.visit("/staff/review").press("审下一件").sees_not(party.account.document))
    ma.fill("照片上证件号码的最后六位", "000000").press("通过")
    assert (ma.status, Decision.select().count()) == (422, 0)
    ma.sees("和照片上的号码对不上")


@pytest.mark.req("DUP-16")
def test_a_photo_opens_for_who_holds_the_case_and_each_look_is_written_first(
    ma: Person, tan: Person, party: Party, world: World
):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件")
    place = ma.page.select(".view img")[0]["src"]
    stored = Photo.select().order_by(Photo.id).first()
    answer = ma.client.get(place)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data != Files(world.worker.outside.storage).read(stored.upload)  # who looks stands across it
    assert Event.select().where((Event.action == "photo.look") & (Event.object == f"photo:{stored.key}")).count() == 1
    assert ma.client.get(place).status_code == 200
    assert tan.client.get(place).status_code == 404
    world.wait(minutes=6)
    assert ma.client.get(place).status_code == 404


def test_a_case_of_another_school_is_not_there(app: Flask, world: World, party: Party):
    from tests.people import make_school

    other = make_school("88888", "远山学院")
    stranger = reviewer(app, world, other, "far")
    hand_in(party, world)
    stranger.visit("/staff/review").sees_not("林晓溪")
    assert stranger.visit(f"/staff/review/{party.claim.key}").status == 404


def test_a_lease_that_ran_out_gives_the_case_to_another_and_the_first_is_told(
    ma: Person, tan: Person, party: Party, world: World
):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件")
    world.wait(minutes=14)
    ma.visit(ma.path)
    world.wait(minutes=16)
    world.log_in(tan, Staff.get(Staff.login == "tan"))
    world.log_in(ma, Staff.get(Staff.login == "ma"))
    tan.visit("/staff/review").press("审下一件").sees("由你审核")
    ma.visit(tan.path).sees("tan 老师 在审")
    ma.post(tan.path, {"verdict": "refuse", "reasons": "edited"})
    assert (ma.status, Decision.select().count()) == (409, 0)


@pytest.mark.req("DUP-24")
def test_an_impostor_freezes_both_accounts_until_another_person_ends_it(
    ma: Person, tan: Person, party: Party, old: Account, world: World
):
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件").fill("补充说明", "两张照片不是一个人").press("疑似冒用")
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("frozen", "frozen")
    ma.visit(f"/staff/review/{party.claim.key}").press("确认冒用")
    assert ma.status == 409
    tan.visit("/staff/review?show=alleged").follow("林晓溪").press("确认冒用")
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("active", "archived")


@pytest.mark.req("DUP-21")
def test_two_people_restore_an_archived_account(ma: Person, tan: Person, party: Party, old: Account, world: World):
    from webapp.domain.duplicates import effect
    from webapp.domain.permissions import SYSTEM
    from webapp.models.base import transaction

    with transaction():
        effect.approve(Claim.get(), SYSTEM, party, "record")
    world.wait(seconds=31)
    ma.visit("/staff/review/archives").follow("林晓溪").press("提出恢复").press("确认恢复")
    assert ma.status == 409
    tan.visit(ma.path).press("确认恢复").sees("已恢复")
    assert (Account.get_by_id(old.id).state, Account.get_by_id(party.account_id).state) == ("active", "frozen")
    ma.visit(tan.path).press("解除冻结").sees("已恢复").sees_not("解除冻结")
    assert Account.get_by_id(party.account_id).state == "duplicate"
    assert json.loads(Archive.get().moved)["records"]


@pytest.mark.req("DUP-29")
def test_the_schools_own_record_stands_beside_the_evidence(ma: Person, party: Party, world: World):
    out = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(out, "JPEG")
    photo = Files(world.worker.outside.storage).keep(out.getvalue(), "admission_photo", state="clean", media="image/jpeg")
    Record.update(photo=photo).where(Record.name == "林晓溪").execute()
    hand_in(party, world)
    ma.visit("/staff/review").press("审下一件").sees("与录取照片一致", "云溪", "2026010101")
    assert ma.client.get(ma.page.select_one(".small")["src"]).status_code == 200


def test_a_photo_that_another_case_holds_leads_to_that_case(ma: Person, party: Party, school: School, world: World):
    make_account(school.record("何苗"), "13800004444")
    second = cases.accept(make_account(school.record("何苗"), "13800005555", state="duplicate"))
    for claimant in (cases.accept(party.account), second):
        submission = sending.draft(claimant)
        for n, slot in enumerate(sending.slots(submission)):
            jpeg = saved(scene(n, (800, 600)))
            upload = Files(world.worker.outside.storage).keep(jpeg, "claim_photo", account=claimant.account)
            sending.attach(submission, slot, upload)
        sending.submit(submission)
        world.work()
    ma.visit("/staff/review").press("审下一件").sees("照片在别的账号用过").follow("相同照片的案件 1")
    assert ma.path == f"/staff/review/{second.claim.key}"


@pytest.mark.req("DUP-16")
def test_photos_are_grey_and_covered_for_who_likes_it_so(ma: Person, tan: Person, party: Party, world: World):
    hand_in(party, world)
    ma.visit("/staff/review").tick("照片用黑白显示").tick("照片先遮住，要看时再揭开").press("保存")
    assert [box["id"] for box in ma.page.select("details [checked]")] == ["grey", "covered"]
    stage = ma.press("审下一件").page.select_one(".stage")
    assert "data-grey" in stage.attrs and "data-covered" in stage.attrs
    assert stage.select_one("#bare").parent is stage and stage.select_one('label[for="bare"]').get_text() == "揭开照片"
    ma.press("跳过").visit("/staff/review").untick("照片先遮住，要看时再揭开").press("保存")
    stage = tan.visit("/staff/review").press("审下一件").page.select_one(".stage")
    assert not {"data-grey", "data-covered"} & set(stage.attrs) and not stage.select("#bare")


@pytest.mark.req("DUP-14")
def test_the_number_on_the_card_is_told_as_unchecked_where_no_machine_reads(ma: Person, party: Party, world: World):
    hand_in(party, world)
    assert ma.visit("/staff/review").press("审下一件").text.count("号码未检查") == 1
    ma.press("跳过")
    cases.mark(Claim.get(), "edited", needs_two=True)
    assert "号码未检查" not in ma.visit("/staff/review").press("审下一件").text
