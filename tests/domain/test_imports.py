"""Importing rosters: what a file would do is shown first, written once, and taken back while nobody has looked."""

import json

import pytest

from tests import tables
from tests.correcting import Case, make_case
from tests.desk import HEADER, Desk, fresh, roster, student
from tests.people import id_number, make_account
from webapp import outside
from webapp.domain import clock, records
from webapp.domain.identity import documents
from webapp.domain.imports import batches, history
from webapp.domain.refused import Refused
from webapp.models import keys
from webapp.models.checks import Check, NoRecord
from webapp.models.imports import Finding
from webapp.models.journal import Event
from webapp.models.records import Change, Record
from webapp.models.school import Class
from webapp.providers import sheets
from webapp.providers.files import Files


@pytest.fixture
def desk(world, school):
    return Desk(world, school)


def counted(batch):
    return {name: count for name, count in batches.counts(batch).items() if count}


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value


@pytest.mark.req("SCH-05", "SCH-32")
def test_nothing_is_written_until_the_officer_confirms(desk):
    before = Record.select().count()
    batch = desk.upload(roster(student(1), student(2)))
    assert (batch.state, counted(batch)) == ("preview", {"new": 2, "missing": 12})
    assert Record.select().count() == before
    batch = desk.confirm(batch)
    assert batch.state == "applied" and Record.select().count() == before + 2


@pytest.mark.req("SCH-03", "SCH-31", "SYS-05")
def test_a_new_record_holds_what_the_row_says_sealed_and_searchable(desk):
    desk.bring(roster(student(1)))
    record = Record.get(Record.student_number == "002026000001")
    number = id_number("20080202", 1)
    assert (record.name, record.sex, record.birth_date.isoformat()) == ("学生乙丑", "1", "2008-02-02")
    assert (record.document, record.phone, record.ethnic, record.level) == (number, "13800000001", "01", "bachelor")
    assert record.identity_index == keys.blind("identity", documents.canonical("1", number))
    assert record.phone_index == Record.phone_index.of("138 0000 0001") and record.email is None
    assert (record.klass.name, record.college.name) == ("计应 2601 班", "信息工程学院")
    assert record.natural == "002026000001|bachelor" and record.status == "A1"
    raw = Record.select(Record.document, Record.phone).where(Record.id == record.id).tuples().get()
    assert number not in str(raw) and "13800000001" not in str(raw)


@pytest.mark.req("SCH-32")
def test_the_same_file_twice_changes_nothing(desk):
    data = roster(*map(student, range(1, 9)))
    desk.bring(data)
    changes = Change.select().count()
    again = desk.upload(data)
    assert counted(again) == {"same": 8, "missing": 12}
    assert refusal(lambda: batches.confirm(again, desk.actor)).code == "import_nothing"
    assert Change.select().count() == changes


@pytest.mark.req("SCH-32")
def test_what_differs_is_shown_and_changed_and_the_rest_is_left(desk):
    desk.bring(roster(student(1), student(2)))
    batch = desk.upload(roster(student(1, 联系电话="13800009999", 班级="计应 2609 班"), student(2)))
    assert counted(batch) == {"changed": 1, "same": 1, "missing": 12}
    sample = json.loads(Finding.get((Finding.batch == batch) & (Finding.group == "changed")).value)
    assert sample["changes"] == {"phone": ["138****0001", "138****9999"], "klass": ["计应 2601 班", "计应 2609 班"]}
    desk.confirm(batch)
    record = Record.get(Record.student_number == "002026000001")
    assert record.phone == "13800009999" and record.klass.name == "计应 2609 班"
    change = Change.get(Change.batch == batch)
    assert history.before(change, record) == {"phone": "13800000001", "klass": "计应 2601 班"} and change.fields == 2


def test_an_empty_cell_and_a_column_that_is_not_there_empty_nothing(desk):
    desk.bring(roster(student(1)))
    desk_without = roster(student(1, 联系电话="", 民族="")[:-1], header=HEADER[:-1])
    assert counted(desk.upload(desk_without)) == {"same": 1, "doubt": 1, "missing": 12}


@pytest.mark.req("SCH-32")
def test_changed_key_fields_need_a_reason(desk):
    desk.bring(roster(student(1)))
    batch = desk.upload(roster(student(1, 姓名="学生改名")))
    assert counted(batch) == {"changed": 1, "key": 1, "missing": 12}
    assert refusal(lambda: batches.confirm(batch, desk.actor)).code == "import_reason"
    assert desk.confirm(fresh(batch), "公安局更名证明").state == "applied"
    record = Record.get(Record.student_number == "002026000001")
    assert record.name == record.name_compare == "学生改名"


@pytest.mark.req("SCH-32")
@pytest.mark.parametrize("how", ["opened", "bound"])
def test_key_fields_of_a_record_that_a_student_has_seen_do_not_change(desk, how):
    desk.bring(roster(student(1), student(2)))
    record = Record.get(Record.student_number == "002026000001")
    if how == "opened":
        record.opened = clock.now()
    else:
        record.account = make_account(record, "13800001111")
    record.save()
    batch = desk.upload(roster(student(1, 姓名="学生改名"), student(2, 联系电话="13800008888")))
    assert counted(batch) == {"frozen": 1, "changed": 1, "missing": 12}
    desk.confirm(batch)
    assert Record.get(Record.id == record.id).name == "学生乙丑"


@pytest.mark.req("SCH-32", "COR-05")
def test_what_a_roster_may_not_change_is_changed_by_a_correction(desk):
    desk.bring(roster(student(1)))
    roster_now = roster(student(1, 姓名="学生改名"))
    officers = make_case(desk.world, desk.school)
    account = make_account(record_1(), "13800001111", person_proved=clock.now(), person_proved_by="desk")
    records.bind(account)
    assert counted(desk.upload(roster_now)) == {"frozen": 1, "missing": 12}
    case = Case(desk.world, desk.school, account, record_1())
    agreed = case.yes(case.at_province("name", "name_typed", "学生改名"), "zheng", "浙教学〔2026〕77号")
    assert record_1().name == "学生乙丑"
    assert officers.yes(agreed, "qian").state == "done" and record_1().name == "学生改名"
    assert counted(desk.upload(roster_now)) == {"same": 1, "missing": 12}


def record_1():
    return Record.get(Record.student_number == "002026000001")


@pytest.mark.req("SCH-32")
def test_a_record_opened_between_preview_and_confirmation_is_left_alone(desk):
    desk.bring(roster(student(1)))
    batch = desk.upload(roster(student(1, 姓名="学生改名")))
    Record.update(opened=clock.now()).where(Record.student_number == "002026000001").execute()
    assert desk.confirm(batch, "更名").state == "applied"
    assert Record.get(Record.student_number == "002026000001").name == "学生乙丑"
    assert not Change.select().where(Change.batch == batch).exists()


@pytest.mark.req("SCH-04", "SCH-05")
def test_rows_with_errors_are_told_with_place_value_and_reason_and_never_written(desk):
    batch = desk.upload(
        roster(student(1), student(2, 身份证号="1.10101E+17"), student(3, 层次="本"), student(4, 学号="002026000001"))
    )
    assert counted(batch) == {"new": 1, "wrong": 3, "missing": 12}
    found = Finding.select().where((Finding.batch == batch) & (Finding.group == "wrong")).order_by(Finding.row)
    told = [(one.row, one.column, json.loads(one.value)["value"], one.code) for one in found]
    assert told == [
        (3, "身份证号", "1.10101E+17", "spreadsheet_damage"),
        (4, "层次", "本", "table_unknown"),
        (5, "学号", "002026000001", "file_double_student_number"),
    ]
    desk.confirm(batch)
    assert Record.select().where(Record.batch == batch).count() == 1


@pytest.mark.req("SCH-05")
def test_a_character_that_no_database_takes_is_a_problem_of_its_row(desk):
    plain = map(student, range(1, 61))
    batch = desk.bring(roster(*plain, student(61, 专业名称="软件\0工程"), student(62), student(63, 班级="\x01")))
    assert batch.state == "applied" and counted(batch) == {"new": 61, "wrong": 2, "missing": 12}
    found = Finding.select().where((Finding.batch == batch) & (Finding.group == "wrong")).order_by(Finding.row)
    assert [(one.row, one.column, one.code) for one in found] == [
        (62, "专业名称", "value_unreadable"),
        (64, "班级", "value_unreadable"),
    ]


@pytest.mark.req("SCH-05")
def test_the_annotated_copy_is_the_file_with_a_column_of_problems(desk, tmp_path):
    batch = desk.upload(roster(student(1), student(2, 层次="本")))
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(Files(outside(desk.world.settings).storage).read(batch.annotated))
    rows = [cells for _, _, cells in sheets.rows(copy, "xlsx")]
    assert rows[0] == [*HEADER, "问题"] and rows[1] == student(1)
    assert rows[2][:-1] == student(2, 层次="本") and rows[2][-1] == "层次：“本”不在可选的值里"


@pytest.mark.req("SCH-02")
def test_an_unknown_header_waits_for_the_officers_word(desk):
    rows = [[*student(1), "丢"], [*student(2), "掉"]]
    batch = desk.upload(roster(*rows, header=["学号", "编码二", *HEADER[2:], "其他"]))
    assert batch.state == "mapping" and json.loads(batch.headers)["asked"] == ["编码二", "其他"]
    assert refusal(lambda: batches.choose(batch, {"编码二": "student_number", "其他": ""}, desk.actor)).code == "column_doubled"
    batches.choose(batch, {"编码二": "exam_number", "其他": ""}, desk.actor)
    desk.world.work()
    assert (fresh(batch).state, counted(fresh(batch))) == ("preview", {"new": 2, "missing": 12})


@pytest.mark.req("SCH-02")
@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "sheet_empty"),
        (b"%PDF-1.7 x", "a.xlsx", "sheet_kind"),
        ("一,二\n1,2\n".encode(), "a.csv", "roster_no_header"),
        (roster(), "a.csv", "import_no_rows"),
        (roster([f"x{n}" for n in range(101)], header=[f"列{n}" for n in range(101)]), "a.csv", "sheet_too_wide"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_writes_nothing(desk, data, name, code):
    batch = desk.upload(data, name=name)
    assert (batch.state, json.loads(batch.fault)["code"]) == ("failed", code)
    assert Record.select().count() == 12 and not Finding.select().exists()


@pytest.mark.req("SCH-02")
def test_sixty_wrong_headers_are_no_roster(desk):
    batch = desk.upload(roster(["1"] * 60, header=[f"未知{n}" for n in range(60)]))
    assert batch.state == "failed"


def test_a_student_whose_number_comes_later_keeps_the_record(desk):
    desk.bring(roster(student(1, 学号="")))
    batch = desk.bring(roster(student(1)))
    record = Record.get(Record.exam_number == "26330105000001")
    assert batches.counts(batch)["changed"] == 1
    assert (record.student_number, record.natural) == ("002026000001", "002026000001|bachelor")
    assert counted(desk.upload(roster(student(1, 学号="")))) == {"same": 1, "missing": 12}


@pytest.mark.req("SCH-24")
def test_an_import_can_be_taken_back_until_a_student_has_looked(desk):
    first = desk.bring(roster(student(1)))
    second = desk.confirm(desk.upload(roster(student(1, 姓名="学生改名", 联系电话="13800009999"), student(2))), "更名")
    assert refusal(lambda: batches.undo(first, desk.actor)).code == "import_overtaken"
    assert desk.undo(second).state == "undone"
    record = Record.get(Record.student_number == "002026000001")
    assert (record.name, record.name_compare, record.phone) == ("学生乙丑", "学生乙丑", "13800000001")
    assert record.batch_id == first.id
    assert Record.select().count() == 13 and not Change.select().where(Change.batch == second).exists()
    Record.update(opened=clock.now()).where(Record.id == record.id).execute()
    assert refusal(lambda: batches.undo(first, desk.actor)).code == "import_opened"


def test_undoing_takes_checks_along_and_frees_notes(desk):
    batch = desk.bring(roster(student(1)))
    record = Record.get(Record.student_number == "002026000001")
    assert Check.select().where(Check.record == record).count() == 1
    account = make_account(desk.school.records[0], "13800001111")
    note = NoRecord.create(account=account, unit=record.unit, record=record, reason="name", created=clock.now())
    desk.undo(batch)
    assert NoRecord.get(NoRecord.id == note.id).record is None and Check.select().count() == 12


def test_a_record_opened_while_the_import_is_taken_back_stays(desk):
    batch = desk.bring(roster(student(1), student(2)))
    batches.undo(batch, desk.actor)
    Record.update(opened=clock.now()).where(Record.student_number == "002026000001").execute()
    desk.world.work()
    assert fresh(batch).state == "undone" and Record.select().count() == 13


@pytest.mark.req("SYS-02")
def test_an_import_is_one_event_with_the_digest_and_one_history_row_per_record(desk):
    batch = desk.bring(roster(*map(student, range(1, 6))))
    event = Event.get(Event.action == "batch.finish")
    assert json.loads(event.detail) == {"digest": batch.digest, "new": 5, "changed": 0}
    assert Change.select().where(Change.batch == batch).count() == 5
    assert "学生" not in "".join(one.detail for one in Event.select())


def test_every_kind_of_file_brings_the_same_records(desk, tmp_path):
    rows = [HEADER, student(1), student(2)]
    book = tables.xlsx(tmp_path / "a.xlsx", {"名册": rows}).read_bytes()
    assert counted(desk.upload(book, name="a.xlsx"))["new"] == 2
    assert counted(desk.upload(roster(*rows[1:], codec="gb18030")))["new"] == 2
    assert counted(desk.upload(roster(*rows[1:], codec="utf-16")))["new"] == 2


def test_a_qualification_roster_comes_in_by_certificate_number(desk):
    header = ["姓名", "身份证号", "层次", "专业名称", "毕业日期", "证书编号", "学习形式", "学制", "入学日期", "学历类别"]
    row = ["林晓溪", id_number("20080512", 2), "本科", "软件工程", "2026-06-30", "999991202605000001", "普通全日制", "4"]
    batch = desk.bring(roster([*row, "2022-09-01", "普通高等教育"], header=header), kind="qualification")
    record = Record.get(Record.batch == batch)
    assert (record.kind, record.natural, record.conclusion) == ("qualification", "999991202605000001", "")


def test_classes_are_found_by_name_and_made_when_new(desk):
    before = Class.select().count()
    desk.bring(roster(student(1), student(2, 班级="新班 1"), student(3, 班级="新班 1")))
    assert Class.select().count() == before + 1
