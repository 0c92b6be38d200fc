"""`xuedang audit verify`: is the history still the one that was written? Reading it is the staff pages' work."""

import argparse

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import journal


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("audit", help=_("核对操作历史没有被改动"))
    parser.add_argument("what", choices=("verify",))
    parser.add_argument("--from", dest="first", type=int, default=1, metavar=_("序号"), help=_("从第几条开始，默认 1"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """Walk the chain; exit code 1 when a line was changed, is missing, or the end was cut off (R-SYS-02)."""
    with opened(told):
        *broken, read = journal.verify(told.first)
    for fault in broken:
        print(_BREAKS[fault.why]() % {"seq": fault.seq})
    print(_("读了 %(read)s 条，%(broken)s 处不对", read=read, broken=len(broken)))
    return 1 if broken else 0


_BREAKS = {
    "missing": lambda: _("第 %(seq)s 条不见了"),
    "changed": lambda: _("第 %(seq)s 条被改过"),
    "cut off": lambda: _("第 %(seq)s 条起被截断"),
}
