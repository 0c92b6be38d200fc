"""`xuedang photos`: the school's collection key, and reading 图像采集码 with it, on any machine that has the key.

Bringing photos in is `xuedang import photos`.
"""

import argparse
from pathlib import Path

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _, say
from webapp.domain.permissions import SYSTEM
from webapp.domain.photos import collection
from webapp.domain.refused import Refused
from webapp.models.school import Unit


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("photos", help=_("图像采集码的密钥和解码"))
    what = parser.add_subparsers(metavar=_("动作"), required=True)
    one = what.add_parser("key", help=_("显示一所学校一个年度的采集密钥，交给拍照的人"))
    one.add_argument("--unit", metavar=_("院校代码"), help=_("哪所学校；只有一所时可以不写"))
    one.add_argument("--year", type=int, metavar=_("年度"), help=_("默认是本年度"))
    add_data(one)
    one.set_defaults(run=show_key)
    other = what.add_parser("decode", help=_("读采集码，写出学号、姓名、证件号码"))
    other.add_argument("key", type=Path, metavar=_("密钥文件"), help=_("只有一行采集密钥的文件"))
    other.add_argument("codes", type=Path, metavar=_("文件"), help=_("扫出来的采集码，一行一个"))
    other.set_defaults(run=decode)


def show_key(told: argparse.Namespace) -> int:
    """Print the key. Exit code 1 where the school is not clear."""
    with opened(told):
        units = list(Unit.select().limit(2)) if told.unit is None else list(Unit.select().where(Unit.code == told.unit))
        if len(units) != 1:
            raise Refused("import_unit")
        print(collection.key(units[0], told.year or collection.year(), SYSTEM))
    return 0


def decode(told: argparse.Namespace) -> int:
    """A line for each code: number, masked name, masked document. Exit code 1 where one could not be read."""
    secret, left = _text(told.key), 0
    for line in filter(str.strip, _text(told.codes).splitlines()):
        try:
            print("\t".join(collection.read(line, secret)))
        except Refused as refused:
            if refused.code == "collection_key":
                raise
            left += 1
            print(f"-\t{say(refused)}")
    return 1 if left else 0


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused("collection_file", name=path.name) from None
