"""`xuedang migrate`: bring the database to this installation's schema, or back by one. Data is never made here."""

import argparse

from webapp.cli.deployment import add_data, opened, runner
from webapp.cli.words import _


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("migrate", help=_("升级或回退数据库结构"))
    parser.add_argument("what", choices=("up", "down", "status"), help=_("up 升级到最新；down 回退一步；status 只看"))
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """Each migration is one transaction: one that fails leaves the schema as it was."""
    with opened(told):
        {"up": _up, "down": _down, "status": _status}[told.what]()


def _up() -> None:
    done = runner().up()
    print("\n".join(done) or _("数据库已是最新"))


def _down() -> None:
    done = runner().down()
    print("\n".join(done) or _("没有可以回退的"))


def _status() -> None:
    for migration in runner().status():
        print(f"{migration.name}  {migration.applied or _('还没有执行')}")
