"""`xuedang demo`: one command to a made-up school that can be tried by hand, on this machine alone.

One process, SQLite, jobs in its threads, the local outbox instead of gateways. A second start keeps the data.
"""

import argparse
import json
from pathlib import Path

from webapp import bind, create_app
from webapp.cli import serving
from webapp.cli.demo import make, people, roster, school, sets
from webapp.cli.demo.tour import PASSWORD, Tour, tour
from webapp.cli.deployment import connected, runner
from webapp.cli.words import _
from webapp.domain import signing
from webapp.models import keys
from webapp.models.school import Unit
from webapp.settings import DATA_DIR, Settings

MOST_STUDENTS = 100_000


def add_parser(sub: argparse._SubParsersAction) -> None:
    parser = sub.add_parser("demo", help=_("试用：虚构的学校、学生和账号，数据都在本机"))
    parser.add_argument("--host", default="127.0.0.1", help=_("监听的地址，默认只有本机能打开"))
    parser.add_argument("--port", type=int, default=8000, help=_("监听的端口，默认 8000；0 表示自动选"))
    parser.add_argument("--data", type=Path, default=DATA_DIR, metavar=_("目录"), help=_("数据目录，默认 ./xuedang-data"))
    parser.add_argument("--students", type=int, default=300, metavar="N", help=_("学生人数，默认 300"))
    parser.add_argument("--schools", type=int, default=1, metavar="N", help=_("学校数，默认 1"))
    parser.add_argument("--json", action="store_true", help=_("第一行输出一个 JSON 对象，给脚本用"))
    parser.set_defaults(run=run, parser=parser)


def run(told: argparse.Namespace) -> None:
    """Make what is not there yet, say how to try it, and serve until Ctrl-C or TERM."""
    if not 1 <= told.schools <= len(school.SCHOOLS):
        told.parser.error(f"--schools: 1–{len(school.SCHOOLS)}")
    if not 20 * told.schools <= told.students <= MOST_STUDENTS:
        told.parser.error(f"--students: {20 * told.schools}–{MOST_STUDENTS}")
    door = serving.listen(told.host, told.port)
    settings = Settings.read({}, data_dir=told.data, demo=True, inbox="folder", url=_address(told.host, door.getsockname()[1]))
    _prepare(settings, told.schools, told.students)
    app = create_app(settings)
    with connected():
        found = tour(settings.url, told.data / roster.NAME)
    app.extensions["demo_codes"] = found.codes
    serving.serve(app, door, lambda: print(json.dumps(found.facts()) if told.json else _told(found), flush=True))


def _address(host: str, port: int) -> str:
    """The address to open: who listens everywhere is reached on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _prepare(settings: Settings, schools: int, students: int) -> None:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.keys.exists():
        keys.Keyring.fresh().save(settings.keys)
    bind(settings)
    with connected():
        runner().up()
        if not Unit.select().exists():
            make.everything(settings, schools, students)
        signing.signer()
        for sample in (roster, sets):
            if not (settings.data_dir / sample.NAME).exists():
                sample.write(settings.data_dir / sample.NAME)


def _told(found: Tour) -> str:
    lines = [
        _("学档演示已启动，人物和学校都是虚构的"),
        "",
        _("  网址      %(url)s", url=found.url),
        _("  发件箱    %(outbox)s  （本来会发出的短信和邮件，教职工现在的动态码）", outbox=found.outbox),
        _("  教职工    %(url)s/staff/login", url=found.url),
        _("  样例名册  %(file)s  （学籍科在「名册导入」里上传）", file=found.roster),
        _("  样例照片  %(file)s  （学籍科在「名册导入」里按「导入学历照片」上传）", file=found.photos),
        _("  注册码    %(url)s/staff/slips  （学籍科按班打印纸条，学生不用短信就能注册）", url=found.url),
        _("  学校全称  %(school)s  （第一次看学籍时要填）", school=found.school),
        "",
    ]
    if found.unregistered:
        lines.append(
            _("  还没注册的学生  %(name)s  证件号码 %(id)s  学号 %(number)s  手机号 %(phone)s") % {
                "name": found.unregistered.name, "id": found.unregistered.id_number,
                "number": found.unregistered.student_number, "phone": found.unregistered.phone,
            }
        )  # fmt: skip
    if found.student:
        lines.append(_("  已注册的学生    %(login)s  密码 %(password)s", login=found.student, password=PASSWORD))
    if found.graduate:
        lines.append(_("  要毕业的学生    %(login)s  密码 %(password)s", login=found.graduate, password=PASSWORD))
    for title, account in found.staff.items():
        lines.append(
            _("  %(title)s  %(login)s  密码 %(password)s  动态码密钥 %(secret)s（现在是 %(now)s）") % {
                "title": _(title), "login": account.login, "password": PASSWORD,
                "secret": account.secret, "now": account.code_now(),
            }
        )  # fmt: skip
    return "\n".join([*lines, "", _("按 Ctrl-C 停止，数据留在原处")])


__all__ = ["add_parser", "people"]
