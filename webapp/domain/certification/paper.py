"""What stands on the paper of a certified item: a page for each language that was ordered (R-CRT-36).

Not here: how it is laid out (`templates/pdf/certification.typ`), nor the signed file (`delivering.py`).
"""

import json
from collections.abc import Mapping
from datetime import date

from webapp.domain import clock, defaults, signing
from webapp.domain.certification import forms
from webapp.domain.certification.catalogue import LANGUAGES
from webapp.domain.identity import romanised
from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.reports import content, english
from webapp.models.certification import Agency, ApplicationItem

TITLES = Table("certification_titles", (
    Entry("degree", "高等学历认证报告", "Certification of a Higher Education Qualification"),
    Entry("grades", "大学成绩验证报告", "Verification of a University Transcript"),
    Entry("gaokao", "高考成绩验证报告", "Verification of National College Entrance Examination Scores"),
    Entry("huikao", "会考成绩验证报告", "Verification of Senior Secondary Examination Results"),
    Entry("secondary", "中等学历验证报告", "Certification of a Senior Secondary Qualification"),
    Entry("school_grades", "中等学校学生成绩报告", "Report on Secondary School Grades"),
))  # fmt: skip
"""Under the name of the agency, never a ministry's."""

FIELDS = Table("certification_fields", (
    Entry("name", "证书持有人", "Holder"),
    Entry("school", "院校名称", "Institution"),
    Entry("province", "所在省市", "Province"),
    Entry("category", "学历类别", "Category"),
    Entry("level", "层次", "Level"),
    Entry("major", "专业名称", "Major"),
    Entry("length", "学制", "Length of study"),
    Entry("entered", "入学日期", "Date of enrolment"),
    Entry("graduated", "毕业日期", "Date of graduation"),
    Entry("student_number", "学号", "Student number"),
    Entry("exam_number", "考生号", "Candidate number"),
    Entry("year", "考试年份", "Year of examination"),
    Entry("conclusion", "毕业结论", "Conclusion"),
    Entry("number", "证书编号", "Certificate number"),
    Entry("serial", "NO. 号", "Serial number"),
))  # fmt: skip
"""What may be certified of a certificate, in the paper's order; only what its form asked has a line."""

WORDS = Table("certification_paper", (
    Entry("report", "报告编号", "Report number"),
    Entry("issued", "签发日期", "Issued on"),
    Entry("result", "核查结论：经与有关院校、教育行政部门的记录核对，上列信息属实。",
          "Conclusion: compared with the records of the institution or the education authority, what is listed above is true."),
    Entry("check", "查验方法：打开 {place}，输入报告编号和证书持有人姓名；或者扫描二维码，核对打开的网址以 {host} 开头。",
          "To verify: open {place} and enter the report number and the holder's name, or scan the QR code and see that the "
          "address opened begins with {host}."),
    Entry("file", "核对文件：收到的是 PDF 时，可以在 {file} 核对它是不是签发的文件。",
          "To check the file: if this came as a PDF, see at {file} whether it is the file that was issued."),
    Entry("names", "只出具电子报告，以在线查验为准。",
          "Issued electronically only; what is shown online prevails. Names are as on the certificate."),
    Entry("foot", "由{issuer}出具，附{site}的电子签名", "Issued by {issuer}, signed electronically by {site}"),
    Entry("own", "由{issuer}出具并电子签名，证书由{site}签发",
          "Issued and signed electronically by {issuer}, certified by {site}"),
    Entry("qr", "二维码，扫描后打开查验页面", "QR code that opens the verification page"),
    Entry("seal", "{issuer}的印章", "Seal of {issuer}"),
))  # fmt: skip
"""What the paper says besides the certificate, in each language."""


def languages(item: ApplicationItem) -> list[str]:
    """Those of which copies were ordered."""
    return [one for one in LANGUAGES if getattr(item, one)]


def title(item: ApplicationItem, language: str) -> str:
    return _in(TITLES[item.kind], language)


def issuer(agency: Agency, language: str) -> str:
    """The agency's name; the Chinese one where it has no other."""
    return agency.english if language == "en" and agency.english else agency.name


def signatory(item: ApplicationItem, language: str) -> str:
    """Whose key signed the file of now: the agency's or the site's name; empty while there is none that counts."""
    key = signing.find(item.kid) if item.pdf == "ready" and item.kid else None
    if key is None or key.state == "revoked":
        return ""
    return issuer(item.agency, language) if key.owner else defaults.site(language)["name"]


def rows(item: ApplicationItem, language: str) -> list[tuple[str, str]]:
    """(label, value) of what is certified. The document number of the holder is not among it."""
    name = item.application.holder_name
    told = {**json.loads(item.details or "{}"), "name": name}
    if language == "en":
        told |= _in_english(item, told)
    return [(_in(field, language), _value(field.code, told[field.code], language)) for field in FIELDS if told.get(field.code)]


def _in_english(item: ApplicationItem, told: Mapping[str, str]) -> dict[str, str]:
    """Names beside those of the certificate: the holder's is spelt; a school's and a major's are the school's own, where the
    certificate is a record of this site."""
    names = {"name": romanised.roman(told["name"])}
    if item.record is not None:
        majors = english.catalogue(item.record.unit_id)
        names |= {"school": item.record.unit.english, "major": majors.get(("major", told.get("major", "")), "")}
    return {field: f"{name} ({told[field]})" for field, name in names.items() if name and told.get(field, name) != name}


def _value(field: str, value: str, language: str) -> str:
    if field in forms.TABLES:
        return _in(forms.TABLES[field][value], language)
    if field in ("entered", "graduated") and len(value) == len("2000-07-01"):
        return content.day(date.fromisoformat(value), language)
    return value


def data(item: ApplicationItem, url: str, qr: str, seal: str, own: bool) -> dict[str, object]:
    """All that the layout needs. `url` is the site's, without a slash at its end; `qr` and `seal` (may be empty) are SVG.

    Is the key that signs it the agency's `own`?
    """
    chosen = languages(item)
    pages, foot = [_page(item, language, url) for language in chosen], "own" if own else "foot"
    return {
        "title": pages[0]["title"],
        "issuer": pages[0]["issuer"],
        "language": chosen[0],
        "made": clock.now().isoformat(),
        "foot": " · ".join(page["words"][foot] for page in pages),
        "number": item.report,
        "pages": pages,
        "qr": qr,
        "seal": seal,
    }


def _page(item: ApplicationItem, language: str, url: str) -> dict[str, object]:
    named = issuer(item.agency, language)
    facts = {
        "host": url.partition("://")[2],
        "place": f"{url}/verify/certified",
        "file": f"{url}/verify/file",
        "issuer": named,
        "site": defaults.site(language)["name"],
    }
    return {
        "language": language,
        "title": title(item, language),
        "issuer": named,
        "rows": [list(row) for row in rows(item, language)],
        "issued": content.day(clock.shown(item.decided).date(), language),
        "words": {word.code: _in(word, language).format(**facts) for word in WORDS},
    }


def text(data: dict[str, object]) -> str:
    """Everything on the paper that people wrote: what has to be drawn to the last character."""
    return "".join(page["issuer"] + "".join(value for _label, value in page["rows"]) for page in data["pages"])


def _in(entry: Entry, language: str) -> str:
    return entry.zh if language == "zh" else entry.en
