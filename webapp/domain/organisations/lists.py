"""批量核验: an organisation hands in many codes, each with its consent; a job looks them up, the answer is there for a day.

Not here: the look-up of one (`asking.py`), nor the form (`web/staff/checking/`).
"""

import json
from datetime import datetime, timedelta

from peewee import chunked

from webapp.domain import clock, defaults, journal
from webapp.domain.organisations import asking
from webapp.domain.organisations.asking import Asker, Checked
from webapp.domain.permissions import Actor, Can
from webapp.domain.refused import Refused
from webapp.domain.reports import content, many
from webapp.models.base import transaction
from webapp.models.organisations import Organisation
from webapp.models.staff import Staff
from webapp.models.verifications import CodeList, ListedCode

KEPT = timedelta(hours=24)

AT_ONCE = 50
"""Lines between two signs of life of the job."""

CONSENTS = ("授权书编号", "授权编号", "consent")
"""What the column of the consents is called; without such a head it is the one after the codes."""

LONGEST = 60
"""Characters of a cell that are kept: no code and no consent is longer."""


def read(data: bytes) -> list[tuple[str, str]]:
    """Codes and consents out of a CSV, as written. Raises Refused: codes_file, codes_none, codes_many (most, found)."""
    table = many.table(data)
    code, begins = many.column(table, many.HEADS)
    reference, _begins = many.column(table, CONSENTS, code + 1)
    rows = [[*row, *[""] * (max(code, reference) + 1)] for row in table[begins:]]
    pairs = [(row[code][:LONGEST], row[reference][: LONGEST + 1]) for row in rows if row[code]]
    most = defaults.value("rpt.list_rows")
    if not pairs:
        raise Refused("codes_none", field="file")
    if len(pairs) > most:
        raise Refused("codes_many", field="file", most=most, found=len(pairs))
    return pairs


def hand_in(actor: Actor, organisation: Organisation, staff: Staff, rows: list[tuple[str, str]], network: str) -> CodeList:
    """Keep the lines, sealed, and promise to look them up. Raises Refused: not_allowed."""
    actor.require(Can.VERIFY)
    at = clock.now()
    sealed = [_sealed(place, *row) for place, row in enumerate(rows, start=1)]
    with transaction():
        made = CodeList.create(organisation=organisation, staff=staff, many=len(rows), created=at, expires=at + KEPT)
        for part in chunked(({**line, "codes": made.id} for line in sealed), 500):
            ListedCode.insert_many(part).execute()
        journal.promise("organisations.check_list", key=made.key, network=network)
        journal.record("code_list.hand_in", actor.name, made, many=len(rows))
    return made


def work(key: str, network: str) -> bool:
    """Look up the next lines of a list; False when there is nothing left to do. A line is looked up once, whoever dies when."""
    codes = CodeList.by_key(key)
    if codes is None or codes.state == "ready":
        return False
    asker = Asker(codes.organisation, "many", network, staff=codes.staff)
    waiting = ListedCode.select().where((ListedCode.codes == codes) & (ListedCode.verdict == ""))
    lines = list(waiting.order_by(ListedCode.place).limit(AT_ONCE))
    for line in lines:
        with transaction():
            _check(line, asker)
    if not lines:
        codes.state = "ready"
        codes.save()
    return bool(lines)


def mine(organisation: Organisation) -> list[CodeList]:
    """The organisation's lists that are still kept, newest first."""
    kept = (CodeList.organisation == organisation) & (CodeList.expires > clock.now())
    return list(CodeList.select().where(kept).order_by(CodeList.created.desc(), CodeList.id.desc()))


def find(organisation: Organisation, key: str) -> CodeList | None:
    kept = (CodeList.organisation == organisation) & (CodeList.expires > clock.now())
    return CodeList.get_or_none((CodeList.key == key) & kept)


def lines(codes: CodeList) -> list[ListedCode]:
    """What came of each line, in the order of the file."""
    return list(ListedCode.select().where(ListedCode.codes == codes).order_by(ListedCode.place))


def refusal(line: ListedCode) -> Refused | None:
    """Why a line was not looked up."""
    told = json.loads(line.told) if line.told else {}
    if "code" not in told:
        return None
    facts = told["facts"]
    if "until" in facts:
        facts["until"] = datetime.fromisoformat(facts["until"])
    return Refused(told["code"], **facts)


def sweep() -> int:
    """Forget lists whose day is over, with their lines. Returns how many."""
    return CodeList.delete().where(CodeList.expires < clock.now()).execute()


def _sealed(place: int, code: str, reference: str) -> dict[str, object]:
    """A line as the database takes it."""
    line = ListedCode(place=place)
    line.code, line.reference = code, reference
    return dict(line.__data__)


def _check(line: ListedCode, asker: Asker) -> None:
    line = line.locked()
    if line.verdict:  # another worker was faster
        return
    try:
        checked = asking.check(asker, line.code, line.reference)
        line.verdict = checked.verdict
        line.told = json.dumps(_told(checked), ensure_ascii=False)
    except Refused as refusal:
        line.verdict = "mistyped" if refusal.code.startswith("report_code_") else "refused"
        line.told = json.dumps({"code": refusal.code, "facts": refusal.facts}, default=datetime.isoformat)
    line.save()


def _told(checked: Checked) -> dict[str, str]:
    """What a valid report says, field by field, with its title and last day; of any other nothing."""
    found = checked.found
    if checked.verdict != "valid":
        return {}
    rows = content.rows(found, found.report_language, found.report_shows, found.english)
    told = {field: value for field, _label, value in rows}
    return {"title": content.title(found, found.report_language), "ends": found.report_ends.isoformat(), **told}
