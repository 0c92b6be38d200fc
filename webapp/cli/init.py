"""`xuedang init`: a new deployment on this machine: folder, keys, tables, the school and the first administrator.

It never overwrites anything; broken off, it goes on where it stopped. A made-up school is `demo`'s.
"""

import argparse
import re
import sys

from webapp import bind
from webapp.cli.deployment import add_data, connected, runner, settings_of
from webapp.cli.staff import link
from webapp.cli.words import _
from webapp.domain import clock, defaults, users
from webapp.domain.identity import tables
from webapp.domain.permissions import SYSTEM
from webapp.models import keys
from webapp.models.base import transaction
from webapp.models.school import Unit
from webapp.settings import FILE, Misconfigured, Settings

QUESTIONS = (
    ("name", _("学校名称"), re.compile(r".{2,60}")),
    ("code", _("院校代码（5 位数字）"), re.compile(r"[0-9]{5}")),
    ("province", _("所在省市代码（两位，如 33）"), re.compile("|".join(sorted(tables.PROVINCES.codes)))),
    ("seal", _("校徽位置的一个字"), re.compile(r"\S{1,2}")),
    ("url", _("网站地址（如 https://xj.example.edu.cn）"), re.compile(r"https?://[^/\s]+")),
    ("admin", _("第一位管理员的登录名"), re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")),
    ("admin_name", _("第一位管理员的姓名"), re.compile(r".{2,100}")),
)
"""Option, question, and what an answer looks like."""

SETTINGS = """\
# {title}
XUEDANG_URL={url}
XUEDANG_TRUSTED_PROXIES={proxies}
# XUEDANG_DATABASE=postgresql://xuedang@/xuedang
# aliyun, tencent, none
# XUEDANG_SMS=aliyun
# XUEDANG_SMS_KEY_ID=
# XUEDANG_SMS_KEY_SECRET=
# XUEDANG_SMS_SIGN=
# XUEDANG_SMS_TEMPLATES={{"code_register": "SMS_0001:code", "code_login": "SMS_0002:code"}}
# smtp, none
# XUEDANG_MAIL=smtp
# XUEDANG_MAIL_URL=smtps://user:password@mail.example.edu.cn
# XUEDANG_MAIL_FROM=xj@example.edu.cn
"""


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("init", help=_("在这台电脑上新建一个站点"))
    for name, question, _pattern in QUESTIONS:
        parser.add_argument(f"--{name.replace('_', '-')}", help=question)
    add_data(parser)
    parser.set_defaults(run=run)


def run(told: argparse.Namespace) -> None:
    """Ask for what was not told, make what is missing, print the administrator's one-time link (R-SYS-01)."""
    settings = settings_of(told)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.keys.exists():
        keys.Keyring.fresh().save(settings.keys)
    bind(settings)
    with connected():
        runner().up()
        if Unit.select().exists():
            raise Misconfigured("site_exists", folder=settings.data_dir)
        answers = {name: _answer(told, name, question, shape) for name, question, shape in QUESTIONS}
        _write_settings(settings, answers["url"])
        token = _found(answers)
    print(_("站点已建好，数据在 %(folder)s", folder=settings.data_dir))
    print(_("密钥在 %(keys)s：抄一份放到别处，没有它数据打不开", keys=settings.keys))
    print(link(settings_of(told), token))
    print(_("接着填写 %(file)s，然后运行：xuedang serve", file=settings.data_dir / FILE))


def _answer(told: argparse.Namespace, name: str, question: str, shape: re.Pattern[str]) -> str:
    """What was told or is typed now; without a terminal a missing answer ends the command."""
    text = getattr(told, name)
    if text is None:
        if not sys.stdin.isatty():
            raise Misconfigured("option_missing", option=name.replace("_", "-"), question=question)
        text = input(f"{question}: ").strip()
    if not shape.fullmatch(text):
        raise Misconfigured("option_wrong", option=name.replace("_", "-"), question=question)
    return text


def _write_settings(settings: Settings, url: str) -> None:
    """Leave a settings file to be filled in, readable by its owner alone; one that is there stays."""
    path = settings.data_dir / FILE
    if not path.exists():
        path.touch(mode=0o600)
        proxies = 1 if url.startswith("https:") else 0
        text = SETTINGS.format(title=_("学档的设置；环境变量优先"), url=url, proxies=proxies)
        path.write_text(text, encoding="utf-8")


def _found(answers: dict[str, str]) -> str:
    """The school and its administrator, both or neither. Returns the token of the one-time link."""
    name = answers["name"]
    with transaction():
        Unit.create(
            name=name,
            short=name[:20],
            seal=answers["seal"],
            code=answers["code"],
            province=answers["province"],
            created=clock.now(),
        )
        defaults.change("site.name", name, SYSTEM)
        defaults.change("site.seal", answers["seal"], SYSTEM)
        role = users.Role("O", None, clock.today())
        return users.add(SYSTEM, answers["admin"], answers["admin_name"], role)[1]
