"""What stands on the paper of a report: its contents on the day, its code, and how to see that it is true (R-RPT-03, R-RPT-05).

Not here: how it is laid out (`templates/pdf/report.typ`), drawn and signed (`jobs/reports.py`).
"""

import json
from datetime import date

from webapp.domain import clock, defaults
from webapp.domain.identity import verification_codes
from webapp.domain.identity.code_table import Entry, Table
from webapp.domain.reports import content
from webapp.models.report_by_code import FoundReport

WORDS = Table("report_paper", (
    Entry("code", "在线验证码", "Verification code"),
    Entry("issued", "签发日期", "Issued on"),
    Entry("ends", "验证有效期至", "Can be verified until"),
    Entry("photo", "照片", "Photo"),
    Entry("qr", "二维码，扫描后打开查验页面", "QR code that opens the verification page"),
    Entry("check", "查验方法：打开 {place}，输入在线验证码；或者扫描二维码，核对打开的网址以 {host} 开头。",
          "To verify: open {place} and enter the verification code, or scan the QR code and see that the address opened "
          "begins with {host}."),
    Entry("file", "核对文件：收到的是 PDF 时，可以在 {file} 核对它是不是签发的文件。",
          "To check the file: if this came as a PDF, see at {file} whether it is the file that was issued."),
    Entry("snapshot", "本报告是签发当日的快照，以在线查验为准。权属人可以延长有效期，也可以随时关闭报告。",
          "This report shows the record on the day of issue; what is shown online prevails. Its holder may extend it, "
          "or close it at any time."),
    Entry("foot", "由{issuer}签发，附{site}的电子签名", "Issued by {issuer}, signed electronically by {site}"),
))  # fmt: skip
"""What the paper says besides the record, in the report's own language."""


def told(found: FoundReport) -> dict[str, object]:
    """What the paper says of the record as it is now, with texts only: kept, to be compared with what is true later."""
    language, shows = found.report_language, found.report_shows
    return {
        "title": content.title(found, language),
        "issuer": content.issuer(found, language),
        "rows": content.rows(found, language, shows, found.english),
    }


def data(found: FoundReport, url: str, qr: str, photo: str) -> dict[str, object]:
    """What the layout needs. `url` is the site's, without a slash at its end; `qr` and `photo` are SVG."""
    language, said = found.report_language, told(found)
    site = defaults.site(language)["name"]
    facts = {
        "host": url.partition("://")[2],
        "place": f"{url}/verify",
        "file": f"{url}/verify/file",
        "issuer": said["issuer"],
        "site": site,
    }
    words = {word.code: _in(word, language).format(**facts) for word in WORDS}
    issued = clock.shown(found.report_issued).date()
    return {
        "title": said["title"],
        "issuer": said["issuer"],
        "language": language,
        "made": clock.now().isoformat(),
        "foot": words["foot"],
        "words": words,
        "rows": [[label, value] for _field, label, value in said["rows"]],
        "code": verification_codes.grouped(found.code),
        "keyword": found.code,
        "dates": _dates(words, issued, found.report_ends, language),
        "qr": qr,
        "photo": photo,
    }


def text(data: dict[str, object]) -> str:
    """Everything on the paper that comes from a record: what has to be drawn to the last character."""
    return "".join((data["title"], data["issuer"], *(value for _label, value in data["rows"])))


def changed(told: str, found: FoundReport, language: str) -> list[str]:
    """Labels, in `language`, of what the record says otherwise than the paper (its JSON is `told`), 更新日期 aside."""
    before = {field: value for field, _label, value in json.loads(told)["rows"]}
    rows = content.rows(found, found.report_language, found.report_shows, found.english)
    now = {field: value for field, _label, value in rows}
    differ = [field for field in content.KINDS[found.kind] if field != "updated" and before.get(field) != now.get(field)]
    return [_in(content.FIELDS[field], language) for field in differ]


def _dates(words: dict[str, str], issued: date, ends: date, language: str) -> list[list[str]]:
    return [[words["issued"], content.day(issued, language)], [words["ends"], content.day(ends, language)]]


def _in(entry: Entry, language: str) -> str:
    return entry.zh if language == "zh" else entry.en
