"""`xuedang settings`: what a school may change without code, listed and changed; each change is an Event (R-SYS-07).

Not here: places, keys and gateways, which are the deployment's (`webapp/settings.py`).
"""

import argparse
import json

from webapp.cli.deployment import add_data, opened
from webapp.cli.words import _
from webapp.domain import defaults
from webapp.domain.permissions import SYSTEM
from webapp.domain.refused import Refused


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("settings", help=_("查看或修改各项限制和名称"))
    what = parser.add_subparsers(metavar=_("动作"), required=True)
    listed = what.add_parser("list", help=_("列出全部设置，改过的带 *"))
    add_data(listed)
    listed.set_defaults(run=list_all)
    changed = what.add_parser("set", help=_("修改一项设置"))
    changed.add_argument("name", metavar=_("名称"))
    changed.add_argument("value", metavar=_("值"))
    add_data(changed)
    changed.set_defaults(run=change)


def list_all(told: argparse.Namespace) -> None:
    """One line each: name, value in force, bounds, what it is for."""
    with opened(told):
        for name, default in defaults.DEFAULTS.items():
            value = defaults.value(name)
            mark = "*" if value != default.value else " "
            within = defaults.bounds(name)
            bounds = f"[{within[0]}–{within[1]}]" if within is not None else ""
            print(f"{mark} {name} = {json.dumps(value, ensure_ascii=False)} {bounds}  # {default.what}")


def change(told: argparse.Namespace) -> None:
    """Set one; Refused: setting_unknown, setting_kind, setting_range."""
    with opened(told):
        defaults.change(told.name, _read(told.name, told.value), SYSTEM)
        print(f"{told.name} = {json.dumps(defaults.value(told.name), ensure_ascii=False)}")


def _read(name: str, text: str) -> object:
    """The text as the kind of value that the setting has; text settings take it as it is."""
    default = defaults.DEFAULTS.get(name)
    if default is None or isinstance(default.value, str):
        return text
    try:
        return json.loads(text.lower())
    except ValueError:
        raise Refused("setting_kind", name=name, kind=type(default.value).__name__) from None
