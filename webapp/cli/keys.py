"""`xuedang keys`: `renew` seals everything again under a new root key, `drop` forgets the roots that seal nothing any more.

Not here: the sealing (`domain/resealing.py`). The blind indexes' key stays, or nothing would be found.
"""

import argparse

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import resealing
from webapp.domain.imports import history
from webapp.models import keys
from webapp.providers import files


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("keys", help=_("更换加密数据的密钥，或者删除不再用的旧密钥"))
    parser.add_argument("what", choices=("renew", "drop"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> int:
    """The site may run meanwhile: it takes the new file up by itself (R-SYS-05). 1 where a value does not open."""
    places = (*resealing.columns(), history.SEALED_HERE, files.SEALED_HERE)
    with opened(told) as settings:
        if told.what == "drop":
            resealing.drop(places).replace(settings.keys)
            print(_("只剩密钥 %(kid)s。旧备份要用旧的 keys.json 才打得开", kid=keys.ring().current))
            return 0
        if not resealing.unfinished():
            keys.ring().renewed().replace(settings.keys)
        many, broken = resealing.renew(places)
    for name in broken:
        print(f"BAD  {name}")
    print(_("%(many)s 个值改用密钥 %(kid)s，%(broken)s 个打不开", many=many, kid=keys.ring().current, broken=len(broken)))
    print(_("密钥在 %(keys)s：抄一份放到别处，没有它数据打不开", keys=settings.keys))
    return 1 if broken else 0
