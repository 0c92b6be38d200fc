"""Which columns a roster (名册) may have, of 学籍 and of 学历, and the headers schools give them (spec §5.1, §10.2).
Data only: how a header is recognised is in `headers.py`, what a cell means in `values.py`."""

from dataclasses import dataclass

ENROLMENT, QUALIFICATION, ADMISSION = "enrolment", "qualification", "admission"
KINDS = (ENROLMENT, QUALIFICATION)
"""The kinds that make records; 高考录取信息 is kept beside them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the `Record` field it fills, its label, other headers, and how much it is needed.

    `need`: "must" (no import without it), "should" (spec §5.1 asks for it: an empty cell is told, not refused),
    "wanted" (only the column's absence is told) or "".
    `key`: changing it later takes a correction or the province (关键信息, R-SCH-20).
    """

    field: str
    label: str
    headers: tuple[str, ...] = ()
    need: str = ""
    key: bool = False


_PERSON = (
    Column("name", "姓名", ("学生姓名", "XM"), "must", key=True),
    Column("sex", "性别", ("性别码", "性别代码", "XB", "XBDM", "XBM"), "wanted", key=True),
    Column("birth_date", "出生日期", ("出生年月日", "出生年月", "生日", "CSRQ", "CSNY"), "wanted", key=True),
    Column("document_kind", "证件类型", ("身份证件类型", "证件类别", "ZJLX", "ZJLXM"), key=True),
    Column(
        "document", "证件号码",
        ("身份证号", "身份证号码", "身份证件号", "身份证件号码", "公民身份号码", "证件号", "身份证", "SFZH", "ZJHM"),
        "must", key=True,
    ),
    Column("country", "国籍", ("国家", "国籍地区", "国籍/地区", "GJ", "GBM"), key=True),
    Column("ethnic", "民族", ("民族码", "民族代码", "MZ", "MZDM", "MZM"), "wanted", key=True),
)  # fmt: skip

_STUDY = (
    Column("level", "层次", ("培养层次", "学历层次", "CC", "CCDM"), "must", key=True),
    Column("length", "学制", ("学制(年)", "XZ"), "should", key=True),
    Column("category", "学历类别", ("办学类型", "XLLB"), "should"),
    Column("mode", "学习形式", ("学习方式", "XXXS"), "should", key=True),
    Column("major", "专业名称", ("专业", "录取专业", "ZYMC"), "must", key=True),
    Column("school_code", "院校代码", ("学校代码", "学校标识码", "YXDM")),
    Column("school_name", "院校名称", ("学校名称", "学校", "院校", "毕业院校", "YXMC")),
    Column("enrolled_on", "入学日期", ("入学时间", "入学年月", "RXRQ"), "should"),
)

_PLACE = (
    Column("political", "政治面貌", ("ZZMM", "ZZMMDM", "ZZMMM")),
    Column("major_code", "专业代码", ("ZYDM",)),
    Column("college", "学院", ("分院", "分院(校)", "二级学院", "院系", "所属学院", "学院名称", "FY"), "wanted"),
    Column("department", "系", ("系所", "系(所、函授站)", "系别", "XSH")),
    Column("klass", "班级", ("班号", "行政班级", "班级名称", "BH"), "wanted"),
)

_NUMBERS = (
    Column("student_number", "学号", ("学籍号", "学生学号", "XH"), "wanted"),
    Column("exam_number", "考生号", ("考生编号", "高考报名号", "KSH", "KSBH"), "wanted", key=True),
)

_CONTACT = (
    Column("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式", "LXDH", "SJH")),
    Column("email", "邮箱", ("电子邮箱", "电子邮件", "E-MAIL", "EMAIL")),
    Column("counsellor", "辅导员", ("班主任", "辅导员姓名")),
)

COLUMNS: dict[str, tuple[Column, ...]] = {
    ENROLMENT: (
        *_NUMBERS,
        *_PERSON,
        *_STUDY,
        *_PLACE,
        Column("expected_on", "预计毕业日期", ("预计毕业时间", "预计毕业年月", "YJBYRQ"), "should"),
        Column("left_on", "离校日期", ("离校时间", "LXRQ")),
        Column("status", "学籍状态", ("在籍状态", "学籍状态代码", "XJZT")),
        Column("special", "特殊类别", ("学生类别", "特殊学生类别", "报送类别")),
        *_CONTACT,
    ),
    QUALIFICATION: (
        *(Column(c.field, c.label, c.headers, "wanted" if c.field == "document" else c.need, c.key) for c in _PERSON),
        *_STUDY,
        Column("graduated_on", "毕业日期", ("毕(结)业日期", "毕结业日期", "毕业时间", "BYRQ"), "must"),
        Column("conclusion", "毕结业结论", ("毕(结)业结论", "毕业结论", "毕(结)业", "BJYJL"), "wanted"),
        Column("certificate", "证书编号", ("毕业证书编号", "电子注册号", "学历证书编号", "ZSBH"), "must"),
        Column("certificate_serial", "证书序列号", ("序列号", "证书印制号", "ZSXLH")),
        Column("president", "校长姓名", ("校(院)长姓名", "校(院)长", "校长", "XZXM"), "wanted"),
        Column("source", "来源", ("LY",)),
        *(Column(c.field, c.label, c.headers, "", c.key) for c in (*_NUMBERS, *_PLACE, *_CONTACT)),
    ),
    ADMISSION: (
        Column("exam_number", "考生号", ("考生编号", "高考报名号", "KSH", "KSBH"), "must"),
        *(Column(c.field, c.label, c.headers, "must" if c.field == "name" else "") for c in _PERSON),
        Column("level", "层次", ("培养层次", "录取层次", "CC", "CCDM"), "must"),
        Column("major", "录取专业", ("专业名称", "专业", "ZYMC"), "wanted"),
        Column("enrolled_on", "入学日期", ("入学时间", "RXRQ")),
    ),
}
"""Kind → its columns in the order of the specification. An enrolment needs 学号 or 考生号."""

DOUBTFUL_HEADERS = {"准考证号": "exam_number"}
"""A header that many schools use for something else: taken, but told (spec §10.2)."""

UNUSED_HEADERS = ("序号", "编号", "备注", "BZ", "姓名拼音", "拼音", "XMPY", "照片", "问题", "签名", "学生签名", "本人签名")
"""Columns that rosters carry and a record does not hold: left out, and said so."""


def label(kind: str, field: str) -> str:
    """The Chinese label of a field in a roster of this kind."""
    return next(column.label for column in COLUMNS[kind] if column.field == field)
