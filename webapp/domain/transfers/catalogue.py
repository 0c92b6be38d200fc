"""Institutions that everybody knows, what their reference numbers look like, what ended in 2019 (R-INT-01, 02, 10).

Stated is common knowledge alone: name, country and the domain of its mail. The shapes of numbers are ours, after what such
numbers usually look like; whoever has another one sends to an address of choice. Not here: what a school adds (`receivers.py`).
"""

import re
from dataclasses import dataclass
from datetime import date

from webapp.domain.identity.code_table import Entry, Table

ANY = "*"
"""The shape of a number of which nothing is known: 4 to 20 letters, digits and hyphens."""

_any = re.compile(r"[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]").fullmatch


@dataclass(frozen=True, slots=True)
class Known(Entry):
    """An institution. `country` is ISO 3166 alpha-3, `domain` that of its mail, `rule` the shapes of its reference numbers.

    In a shape 9 is a digit, A a letter, anything else itself; spaces stand between shapes. Empty: no number is asked for.
    """

    country: str = ""
    domain: str = ""
    rule: str = ANY


_ROWS = """
wes|USA|wes.org|999999 9999999 99999999|世界教育服务（WES）|World Education Services (WES)
ece|USA|ece.org|*|教育证书评估公司（ECE）|Educational Credential Evaluators (ECE)
ierf|USA|ierf.org|*|国际教育研究基金会（IERF）|International Education Research Foundation (IERF)
silny|USA|jsilny.org|*|约瑟夫·西尔尼评估公司（JS&A）|Josef Silny & Associates (JS&A)
spantran|USA|spantran.com|*|斯潘特兰评估公司（SpanTran）|SpanTran
lsac|USA|lsac.org|A99999999|法学院招生委员会（LSAC）|Law School Admission Council (LSAC)
icas|CAN|icascanada.ca|*|加拿大国际学历评估服务（ICAS）|International Credential Assessment Service of Canada (ICAS)
ces|CAN|utoronto.ca|*|多伦多大学比较教育服务（CES）|Comparative Education Service, University of Toronto (CES)
ices|CAN|bcit.ca|*|不列颠哥伦比亚理工学院国际证书评估（ICES）|International Credential Evaluation Service, BCIT (ICES)
enic|GBR|ecctis.com|*|英国国家学历评估中心（UK ENIC）|UK ENIC (Ecctis)
nzqa|NZL|nzqa.govt.nz|*|新西兰学历资格认证局（NZQA）|New Zealand Qualifications Authority (NZQA)
vetassess|AUS|vetassess.com.au|*|澳大利亚职业评估机构（VETASSESS）|VETASSESS
zab|DEU|kmk.org||德国外国教育中心（ZAB）|Central Office for Foreign Education (ZAB)
"""


def _known() -> list[Known]:
    rows = (row.split("|") for row in _ROWS.strip().splitlines())
    return [Known(code, zh, en, (), country, domain, rule) for code, country, domain, rule, zh, en in rows]


KNOWN = Table("institutions", _known())
"""The institutions of the catalogue."""


@dataclass(frozen=True, slots=True)
class Service(Entry):
    """Something that used to be asked for; `stopped` is the first day on which it is not had any more."""

    stopped: date = date(2019, 5, 1)


STOPPED = Table("services", (
    Service("vocational", "中专、中职、技校等学历证书", "Certificates of secondary vocational and technical schools"),
    Service("secondary", "中学成绩单（含高中、中专、中职和技校等）", "Transcripts of secondary schools of every kind"),
    Service("summer", "“国际暑期课程项目”成绩单", "Transcripts of international summer programmes"),
    Service("paper", "纸质报告", "Reports on paper"),
))  # fmt: skip
"""Ended on 1 May 2019 by the notice of 29 March 2019; whoever asks is told the day."""


def clean(number: str) -> str:
    """A reference number as it is compared and sent: capitals, without spaces."""
    return "".join(number.split()).upper()


def fits(rule: str, number: str) -> bool:
    """Does a cleaned number look like one of the shapes of the rule?"""
    if rule == ANY:
        return _any(number) is not None
    return any(_pattern(shape).fullmatch(number) for shape in rule.split())


def example(rule: str) -> str:
    """A number that fits the rule, to show beside the field; empty where nothing can be said."""
    if rule in ("", ANY):
        return ""
    return "".join(_digit(at) if char == "9" else "L" if char == "A" else char for at, char in enumerate(rule.split()[-1]))


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile("".join({"9": "[0-9]", "A": "[A-Z]"}.get(char, re.escape(char)) for char in shape))


def _digit(at: int) -> str:
    return "1234567890"[at % 10]
