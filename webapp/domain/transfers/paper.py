"""What stands on the paper of a transcript, in both languages, and keeping it once it is signed (R-INT-07, 09).

Not here: how it is laid out (`templates/pdf/transcript.typ`), drawn and signed (`jobs/transfers.py`).
"""

from webapp.domain import clock, defaults, signed_papers
from webapp.domain.identity import tables, verification_codes
from webapp.domain.reports import content, english
from webapp.domain.transfers import courses, transcripts
from webapp.models.accounts import OWNING
from webapp.models.base import transaction
from webapp.models.photos import Upload
from webapp.models.reports import OnlineReport
from webapp.models.transfers import Course, Transcript

TITLE = ("大学成绩单", "University Transcript")

SOURCES = {
    "original": "经学校核对：学校出具的英文原件 · Compared by the school with its own English original",
    "translation": "经学校核对：有资质的翻译机构盖章的译本 · Compared by the school with a translator's sealed translation",
}

CHECK = "查验 To verify: {place}"
NOTE = "以在线查验为准。 What is shown online prevails."
FOOT = "由{issuer}签发，经{site}的电子签名 · Issued by {english}, signed electronically by {site_english}"
QR = "二维码，扫描后打开查验页面 QR code that opens the verification page"


def rows(transcript: Transcript) -> list[tuple[str, str]]:
    """Whose it is: (label, value), each in both languages."""
    record, account = transcript.record, transcript.account
    level = tables.LEVELS[record.level]
    book = english.catalogue(record.unit_id)
    pairs = [
        ("name", f"{record.name} {_other(english.proposed(account, record), record.name)}"),
        ("unit_name", f"{record.unit.name} {record.unit.english}"),
        ("level", f"{level.zh} {level.en}"),
        ("major", f"{record.major} {book.get(('major', record.major), '')}"),
        ("student_number", record.student_number),
        ("enrolled_on", _days(record.enrolled_on)),
        ("graduated_on", _days(record.graduated_on)),
    ]
    labels = content.FIELDS
    return [(f"{labels[field].zh} {labels[field].en}", value.strip()) for field, value in pairs if value.strip()]


def _other(spelt: str, name: str) -> str:
    return f"({spelt})" if spelt != name else ""


def _days(told: object) -> str:
    return f"{content.day(told, 'zh')} · {content.day(told, 'en')}" if told else ""


def course_rows(lines: list[Course]) -> list[list[str]]:
    """Number, names, kind, credit, mark of each course; what is a code or a word in both languages."""
    told = []
    for at, line in enumerate(lines, 1):
        kind, english_mark = courses.KINDS[line.kind], courses.mark_in_english(line.mark)
        mark = line.mark if english_mark == line.mark else f"{line.mark} {english_mark}"
        told.append([str(at), line.name, line.english, f"{kind.zh} {kind.en}", line.credit, mark])
    return told


def total(lines: list[Course]) -> str:
    """How many courses, and all their credits together."""
    credits = f"{sum(float(line.credit) for line in lines):.2f}".rstrip("0").rstrip(".")
    return f"{len(lines)} 门课程 courses · {credits} 学分 credits"


def report_title(report: OnlineReport) -> str:
    """Of a report beside a transcript, in both languages."""
    title = content.TITLES[report.kind]
    return f"{title.en} {title.zh}"


def data(transcript: Transcript, url: str, qr: str) -> dict[str, object]:
    """All that the layout needs; `url` is the page that checks it, `qr` that address as SVG."""
    unit, lines = transcript.record.unit, transcripts.lines(transcript)
    zh, en = (defaults.site(language)["name"] for language in ("zh", "en"))
    issuer = {"issuer": unit.name, "english": unit.english or unit.name}
    return {
        "title": f"{TITLE[0]} {TITLE[1]}",
        "caption": TITLE[1],
        "heading": f"{unit.name}{TITLE[0]}",
        "issuer": unit.name,
        "english": unit.english or unit.name,
        "language": "en",
        "made": clock.now().isoformat(),
        "foot": FOOT.format(**issuer, site=zh, site_english=en),
        "rows": [list(row) for row in rows(transcript)],
        "heads": ["", "课程 Course", "性质 Kind", "学分 Credits", "成绩 Mark"],
        "courses": course_rows(lines),
        "total": total(lines),
        "source": SOURCES[transcript.source],
        "check": CHECK.format(place=url),
        "note": NOTE,
        "qr": qr,
        "qr_words": QR,
    }


def text(data: dict[str, object]) -> str:
    """Everything on the paper that comes from people: what has to be drawn to the last character."""
    return "".join(
        (data["issuer"], *(value for _label, value in data["rows"]), *(cell for row in data["courses"] for cell in row))
    )


def with_token(transcript: Transcript) -> str:
    """The token of its page, made at first need and kept whatever becomes of the drawing."""
    with transaction():
        transcript = transcript.locked()
        if transcript.token is None:
            transcript.token = verification_codes.make_token()
            transcript.save()
    return transcript.token


def drawn(transcript: Transcript, upload: Upload | None, digest: str = "", kid: str = "") -> Upload | None:
    """The job is done: the signed file, or None where it cannot be drawn. Returns the file before it, to be shredded.

    Where another worker was faster, nothing happens, and this file is nobody's.
    """
    kept = signed_papers.keep(transcript, upload, digest, kid)
    return kept and kept[1]


def again() -> int:
    """Promise the papers anew that a revoked key signed. Returns how many."""
    return signed_papers.again(Transcript, "transfers.draw_transcript")


def by_token(token: str) -> Transcript | None:
    """A confirmed transcript, for who has its token; None also while it is in doubt whose record it is."""
    found = Transcript.get_or_none(Transcript.token_index == Transcript.token_index.of(token))
    if found is None or found.state != "confirmed":
        return None
    in_doubt = found.account.state not in OWNING or found.record.account_id != found.account_id
    return None if in_doubt else found
