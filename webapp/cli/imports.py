"""`xuedang import`: the same dry run and apply pass as in the browser, on a file of any length, read where it lies.

Killed half-way, the same command goes on behind the last portion. The rules are in `domain/imports/`.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from webapp import outside
from webapp.cli.deployment import add_data, opened, work_steadily
from webapp.cli.words import _, say
from webapp.domain import rosters
from webapp.domain.imports import batches, listing
from webapp.domain.imports.applying import ApplyPass
from webapp.domain.imports.preview import DryRun
from webapp.domain.imports.reading import PORTION, Rows
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused
from webapp.domain.rosters import ENROLMENT, KINDS, Survey
from webapp.jobs import imports as jobs
from webapp.models.imports import Batch
from webapp.models.school import Unit
from webapp.providers import sheets
from webapp.web.staff.imports import shown

TOLD = 50
"""Problems that the terminal shows; the browser's annotated copy has all of them."""


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("import", help=_("导入名册和照片"))
    what = parser.add_subparsers(metavar=_("动作"), required=True)
    one = what.add_parser("roster", help=_("导入学籍或学历名册"))
    one.add_argument("file", type=Path, metavar=_("文件"), help=_("xlsx、xls、csv 或 dbf"))
    one.add_argument("--kind", choices=KINDS, default=ENROLMENT, help=_("enrolment 学籍，qualification 学历"))
    one.add_argument("--unit", metavar=_("院校代码"), help=_("哪所学校；只有一所时可以不写"))
    one.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))
    one.add_argument(
        "--map", action="append", default=[], metavar=_("列=字段"), help=_("不认识的列是哪一项；= 后面留空就不导入")
    )
    one.add_argument("--reason", default="", metavar=_("原因"), help=_("改动关键信息时要写"))
    add_data(one)
    one.set_defaults(run=roster)
    set_of = what.add_parser("photos", help=_("导入录取照片或学历照片"))
    set_of.add_argument("file", type=Path, metavar=_("文件夹或 ZIP"), help=_("文件名是学号、考生号或证件号码"))
    set_of.add_argument(
        "--kind", choices=("admission", "graduation"), default="admission", help=_("admission 录取照片，graduation 学历照片")
    )
    set_of.add_argument("--unit", metavar=_("院校代码"), help=_("哪所学校；只有一所时可以不写"))
    set_of.add_argument("--dry-run", action="store_true", help=_("只检查，不写入"))
    add_data(set_of)
    set_of.set_defaults(run=bring_photos)
    stop = what.add_parser("stop", help=_("停掉没写完、文件又找不到了的命令行导入"))
    stop.add_argument("--unit", metavar=_("院校代码"), help=_("哪所学校；只有一所时可以不写"))
    add_data(stop)
    stop.set_defaults(run=give_up)


def roster(told: argparse.Namespace) -> int:
    """Check a roster and, without --dry-run, write it. Exit code 1 where rows were left out as wrong."""
    work_steadily()
    with opened(told):
        path, unit = told.file, _unit(told.unit)
        digest = _digest(path)
        begun = _begun(unit, told.kind, digest)
        format = sheets.kind(path, path.name)
        batch = begun or batches.receive(unit, told.kind, path.name, None, digest, SYSTEM)
        mapping = json.loads(batch.mapping) if begun else _mapping(told)
        found = rosters.survey(told.kind, sheets.heads(path, format, sheets.CLI), mapping)
        if begun is None:
            batch = _checked(batch, found, path, format, mapping)
            if told.dry_run or not batches.to_write(batches.counts(batch)):
                batches.refuse(batch, SYSTEM)
                return _code(batch)
            batch = _confirmed(batch, told.reason)
        ApplyPass(batch, found).run(_counted(_("写入"), sheets.rows(path, format, sheets.CLI)))
        print(_("写入完成"))
        return _code(batch)


def bring_photos(told: argparse.Namespace) -> int:
    """Check a set of photos and, without --dry-run, give them to their records."""
    with opened(told) as settings:
        digest = "" if told.file.is_dir() else _digest(told.file)
        kind = batches.GRADUATION if told.kind == "graduation" else batches.PHOTOS
        batch = batches.receive(_unit(told.unit), kind, told.file.name, None, digest, SYSTEM)
        try:
            jobs.check_photos(outside(settings), batches.photos_begin(batch), told.file)
        except Refused as refused:
            batches.fail(Batch.by_key(batch.key), refused)
            raise
        batch = Batch.by_key(batch.key)
        _print(batch)
        if told.dry_run or not batches.to_write(batches.counts(batch)):
            batches.refuse(batch, SYSTEM)
        else:
            jobs.give_photos(_confirmed(batch, ""))
            print(_("写入完成"))
        return _code(batch)


def give_up(told: argparse.Namespace) -> int:
    """Halt what a killed command left half-written, so that the school's next import may begin. Exit code 1 for nothing."""
    with opened(told):
        here = (Batch.unit == _unit(told.unit)) & (Batch.state == "applying") & Batch.file.is_null()
        left = list(Batch.select().where(here & Batch.kind.not_in(batches.PHOTO_SETS)))
        for batch in left:
            halted = batches.halt(batch, Refused("import_file_gone"))
            print(_("停在第 %(row)s 行：%(name)s") % {"row": halted.progress, "name": halted.filename})
        return 0 if left else 1


def _checked(batch: Batch, found: Survey, path: Path, format: str, mapping: dict[str, str]) -> Batch:
    """The batch after its dry run, whose result is printed. A file that cannot be read fails the batch too."""
    try:
        if not found.complete:
            raise Refused("columns_open", columns="、".join(_open(found)))
        batches.columns_known(batch, found, format, mapping)
        run = DryRun(Batch.by_key(batch.key), found, hidden=sheets.hidden(path, format, sheets.CLI))
        run.read(_counted(_("检查"), sheets.rows(path, format, sheets.CLI)))
        batch = run.show()
    except Refused as refused:
        batches.fail(Batch.by_key(batch.key), refused)
        raise
    _print(batch)
    return batch


def _confirmed(batch: Batch, reason: str) -> Batch:
    """The batch ready to be written; one that may not be is over, because the command can be given again."""
    try:
        return batches.confirm(batch, SYSTEM, reason)
    except Refused:
        batches.refuse(batch, SYSTEM)
        raise


def _print(batch: Batch) -> None:
    counted = batches.counts(batch)
    for group, (name, meaning) in shown.groups(batch).items():
        print(f"{_(str(name))}\t{counted.get(group, 0)}\t{_(str(meaning))}")
    for words, count in shown.asides(counted):
        print(f"-\t{count}\t{_(words)}")
    for fault in listing.faults(batch, "wrong", TOLD):
        why = say(Refused(fault.code, **fault.facts))
        print(f"{fault.sheet or '-'}\t{fault.row}\t{fault.column}\t{fault.value}\t{why}")


def _code(batch: Batch) -> int:
    return 1 if batches.counts(batch).get("wrong") else 0


def _unit(code: str | None) -> Unit:
    """The school of a code; where the deployment has one only, it needs no code."""
    units = list(Unit.select().limit(2)) if code is None else list(Unit.select().where(Unit.code == code))
    if len(units) != 1:
        raise Refused("import_unit")
    return units[0]


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise Refused("import_file_gone") from None


def _begun(unit: Unit, kind: str, digest: str) -> Batch | None:
    """The same file's import that was killed while it wrote."""
    same = (Batch.unit == unit) & (Batch.kind == kind) & (Batch.digest == digest) & Batch.file.is_null()
    return Batch.select().where(same & (Batch.state == "applying")).first()


def _mapping(told: argparse.Namespace) -> dict[str, str]:
    """{header: field} from --map, whose field may be its name or its label."""
    by_label = {label: field for field, label in batches.fields(told.kind)}
    pairs = (one.partition("=") for one in told.map)
    return {header: by_label.get(field, field) for header, _sign, field in pairs}


def _open(found: Survey) -> Iterator[str]:
    for table in found.tables:
        yield from (header for _at, header in table.mapping.unknown)
        yield from table.mapping.missing
        yield from (header for _field, headers in table.mapping.doubled for header in headers)


def _counted(words: str, rows: Rows) -> Rows:
    """The rows, with a line on the terminal that counts them."""
    for at, row in enumerate(rows, 1):
        if at % PORTION == 0:
            print(f"\r{words} {at:,}", end="", file=sys.stderr, flush=True)
        yield row
    print("\r", end="", file=sys.stderr)
