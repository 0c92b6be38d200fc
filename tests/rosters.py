"""Rows of rosters for tests: a made-up student and graduate by header, and a survey of rows. No rules of the project."""

from webapp.domain import rosters
from webapp.domain.identity import id_numbers


def made(number17: str) -> str:
    return number17 + id_numbers.check_digit(number17)


STUDENT = {
    "学号": "00120250001", "考生号": "25110105150001", "姓名": "林小溪", "性别": "女", "出生日期": "20030127",
    "证件号码": made("11010520030127002"), "民族": "汉族", "专业名称": "信息管理",
    "层次": "本科", "学制": "4年", "学历类别": "普通高等教育", "学习形式": "普通全日制",
    "学院": "信息学院", "班级": "信管2501", "入学日期": "2025-09-01",
    "预计毕业日期": "2029.7.1", "学籍状态": "注册学籍", "联系电话": "138 0000 5678",
    "邮箱": "Lin@example.edu.cn", "辅导员": "王老师",
}  # fmt: skip
GRADUATE = {
    "姓名": "何安", "性别": "男", "出生日期": "1980-01-05", "身份证号": "", "专业": "机械", "层次": "本科", "学制": "4",
    "学历类别": "普通", "学习形式": "普通全日制", "入学日期": "19980901", "毕业日期": "2002-07-01", "毕结业结论": "毕业",
    "证书编号": "999991200205000012", "校长姓名": "周正",
}  # fmt: skip


def survey_of(kind, *rows, override=None):
    return rosters.survey(kind, [("", number, list(row)) for number, row in enumerate(rows, 1)], override)
