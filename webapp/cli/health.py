"""What `doctor` asks. Each question is a function of the settings and yields (level, sentence) for each thing it looked at.

A question never raises for what it finds, and never prints a secret or anything personal.
"""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

from peewee import DatabaseError, fn

from webapp import places as installed
from webapp import providers
from webapp.cli.deployment import pending
from webapp.cli.words import _, say
from webapp.domain import clock, journal, second, signing
from webapp.domain.corrections import blocking
from webapp.domain.identity import documents
from webapp.domain.ports import Unavailable
from webapp.domain.refused import Refused
from webapp.domain.reports import drawing
from webapp.models.base import database, on_sqlite
from webapp.models.journal import Job
from webapp.models.keys import CannotOpen
from webapp.models.records import Record
from webapp.models.school import Campaign, Unit
from webapp.models.staff import Grant, Staff
from webapp.settings import Misconfigured, Settings

OK, WARN, BAD = "ok", "warn", "bad"

Answers = Iterator[tuple[str, str]]

MISSING = 20
"""Characters without a font that are named."""

GIGABYTE = 1024**3
OVERDUE = timedelta(minutes=5)
OLDEST_SQLITE = (3, 35)
"""The first with RETURNING."""

A_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200015e"
    "f3d6e00000000049454e44ae426082"
)
"""A PNG of one pixel."""

A_PAPER = {
    **dict.fromkeys(("title", "caption", "issuer", "foot", "day"), "doctor"),
    **{"language": "zh", "made": "2026-01-01T00:00:00", "rows": [], "number": ["", ""], "notes": []},
}
"""A receipt of nothing."""


def runtime(settings: Settings) -> Answers:
    """Versions of what carries the site."""
    yield OK, _("Python %(version)s", version=sys.version.split()[0])
    if on_sqlite():
        level = OK if sqlite3.sqlite_version_info >= OLDEST_SQLITE else BAD
        yield level, _("SQLite %(version)s（至少 3.35）", version=sqlite3.sqlite_version)


def configuration(settings: Settings) -> Answers:
    """Would `serve` start?"""
    try:
        settings.check()
    except Misconfigured as fault:
        yield BAD, say(fault)
    else:
        yield OK, _("设置完整，可以启动")
    if not settings.secure and settings.host not in ("127.0.0.1", "localhost", "::1"):
        yield WARN, _("网址不是 https：密码和验证码会明文经过网络，前面放一个 Caddy")


def places(settings: Settings) -> Answers:
    """Is what only the site may read closed to others, and is there room?"""
    for path in (settings.data_dir, settings.keys):
        open_to_others = path.stat().st_mode & 0o077
        yield (
            (BAD if open_to_others else OK),
            (_("%(path)s 别人也能读：chmod go-rwx", path=path) if open_to_others else _("%(path)s 只有自己能读", path=path)),
        )
    free = shutil.disk_usage(settings.data_dir).free / GIGABYTE
    yield BAD if free < 1 else WARN if free < 5 else OK, _("磁盘剩余 %(free).1f GB", free=free)


def tables(settings: Settings) -> Answers:
    """Is the schema this installation's, and does the database hold together?"""
    missing = pending()
    if missing:
        yield BAD, _("数据库缺少 %(names)s：运行 xuedang migrate up", names=", ".join(missing))
    else:
        yield OK, _("数据库结构是最新的")
    if not on_sqlite():
        return
    try:
        found = [line for (line,) in database.execute_sql("PRAGMA quick_check(5)").fetchall()]
    except DatabaseError as fault:
        found = [str(fault)]
    lost = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    whole = found == ["ok"] and not lost
    yield (OK, _("数据库文件完好")) if whole else (BAD, _("数据库文件损坏：停机，用备份恢复"))


def history(settings: Settings) -> Answers:
    """Is the chain of events whole?"""
    *broken, read = journal.verify()
    if broken:
        yield BAD, _("操作历史 %(count)s 处不对：运行 xuedang audit verify", count=len(broken))
    else:
        yield OK, _("操作历史 %(read)s 条，没有改动", read=read)


def sealing(settings: Settings) -> Answers:
    """Do the keys belong to this database? Newest and oldest sealed number are opened, and forgotten."""
    sealed = Record.select().where(Record.document.is_null(False))
    for record in (sealed.order_by(Record.id).first(), sealed.order_by(Record.id.desc()).first()):
        if record is None:
            return
        try:
            documents.masked(record.document)
        except CannotOpen:
            yield BAD, _("密钥打不开数据库里的证件号码：放回原来的密钥文件")
            return
    yield OK, _("密钥和数据库相配")


def gateways(settings: Settings) -> Answers:
    """Do SMS and mail reach anybody?"""
    for port, title in (("sms", _("短信")), ("mail", _("邮件"))):
        chosen = getattr(settings, port)
        if chosen == "none":
            yield WARN, _("%(what)s没有设置，用不到它的地方照常", what=title)
        elif chosen == "outbox":
            yield WARN, _("%(what)s只写进本机发件箱，谁也收不到", what=title)
        else:
            yield _vendor(settings, port, title, chosen)
    if settings.sms not in ("none", "outbox"):
        texts = (installed.find("templates") / "messages" / "sms" / "zh").glob("*.txt")
        for name in sorted({text.stem for text in texts} - settings.sms_templates.keys()):
            level = BAD if name.startswith("code_") else WARN
            yield level, _("短信模板没有设置，这条短信发不出去：%(name)s（XUEDANG_SMS_TEMPLATES）", name=name)


def _vendor(settings: Settings, port: str, title: str, chosen: str) -> tuple[str, str]:
    try:
        providers.make(port, settings)
    except ValueError as fault:
        return BAD, say(Misconfigured("setting_fault", name=f"XUEDANG_{port.upper()}", fault=fault))
    return OK, _("%(what)s由 %(vendor)s 发出", what=title, vendor=chosen)


def promises(settings: Settings) -> Answers:
    """Are jobs done, and in time?"""
    failed = Job.select(Job.name, fn.COUNT(Job.id)).where(Job.state == "failed").group_by(Job.name).order_by(Job.name)
    lines = ", ".join(f"{name} × {count}" for name, count in failed.tuples())
    yield (WARN, _("没有做成的任务：%(jobs)s", jobs=lines)) if lines else (OK, _("没有失败的任务"))
    late = Job.select().where((Job.state == "queued") & (Job.due < clock.now() - OVERDUE)).count()
    if late:
        yield BAD, _("%(count)s 个任务过了时间没有开始：后台任务在运行吗？", count=late)


def pictures(settings: Settings) -> Answers:
    """Does the child that makes pictures harmless start?"""
    try:
        providers.make("images", settings).clean(A_DOT, long_side=10)
    except (Unavailable, Refused, OSError) as fault:
        yield BAD, _("照片处理不能运行：%(fault)s", fault=type(fault).__name__)
    else:
        yield OK, _("照片处理可以运行")


def scanner(settings: Settings) -> Answers:
    """Does the virus scanner answer, where one is set up?"""
    if settings.scanner == "none":
        return
    try:
        providers.make("scanner", settings).scan(A_DOT)
    except (Unavailable, Refused, ValueError) as fault:
        yield BAD, _("病毒扫描没有应答，收到的文件会一直等着：%(fault)s", fault=fault)
    else:
        yield OK, _("病毒扫描有应答")


def letters(settings: Settings) -> Answers:
    """Does the machine that reads cards start, where one is set up?"""
    if settings.ocr == "none":
        return
    ocr = providers.make("ocr", settings)
    try:
        ocr.read(A_DOT)
    except Unavailable:
        yield WARN, _("机器读不了证件号码，审核时只显示未检查：pip install 'xuedang[ocr]'")
    else:
        yield OK, _("机器可以读证件号码")
    finally:
        ocr.close()


def papers(settings: Settings) -> Answers:
    """Can a PDF be drawn, and every name in it?"""
    pdf = providers.make("pdf", settings)
    try:
        pdf.render("receipt", A_PAPER)
    except (Unavailable, OSError) as fault:
        yield BAD, _("PDF 生成不了：%(fault)s", fault=fault)
        return
    finally:
        pdf.close()
    seen = set().union(*(name for (name,) in Record.select(Record.name).tuples().iterator()))
    missing = pdf.undrawable("".join(sorted(seen)))
    points = ", ".join(f"{one} U+{ord(one):04X}" for one in missing[:MISSING])
    if missing:
        packages = "fonts-babelstone-han, fonts-hanazono"
        said = {"count": len(missing), "points": points, "packages": packages}
        yield (
            WARN,
            _("姓名里有 %(count)s 个字没有字体，PDF 上是空框，网页靠手机自己的字体：%(points)s。装上 %(packages)s", **said),
        )
    else:
        yield OK, _("PDF 可以生成，每个姓名都画得出来")


def signatures(settings: Settings) -> Answers:
    """Is there a key that signs reports, for how long, and has every report its PDF?"""
    if (key := signing.current()) is None:
        yield WARN, _("还没有签名密钥：启动网站时生成")
    else:
        facts = {"days": (key.ends - clock.now()).days, "left": signing.LEFT["signer"].days}
        yield OK, _("签名密钥还有 %(days)s 天，剩 %(left)s 天时自动更换", **facts)
    if lacking := "".join(sorted({one for report in drawing.lacking() for one in report.lacking})):
        yield WARN, _("有报告因为缺字没有 PDF：%(points)s。装上字体后会自动生成", points=" ".join(lacking[:MISSING]))


def people(settings: Settings) -> Answers:
    """Has each school somebody for each work, and are there two where two are needed?"""
    at = clock.now()
    live = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & (Staff.state == "active")
    holders = Grant.select(Grant.unit, Grant.role, Grant.staff).join(Staff).where(live).tuples()
    held = {(unit, role, who) for unit, role, who in holders}
    if not any(role == "O" for _unit, role, _who in held):
        yield BAD, _("没有管理员：xuedang staff add … --role O")
    reviewing = second.reviewers()
    for unit in Unit.select().order_by(Unit.id):
        officers = sum(1 for where, role, _who in held if role == "R" and where in (unit.id, None))
        if officers == 0:
            yield WARN, _("%(unit)s 没有学籍科人员：xuedang staff add … --role R", unit=unit.name)
        else:
            yield OK, _("%(unit)s 有 %(count)s 位学籍科人员", unit=unit.name, count=officers)
        if len(reviewing[unit.id] | reviewing[None]) == 1:
            stands_in = any(role == "O" and where in (unit.id, None) for where, role, _who in held)
            yield _alone(unit, stands_in)
    nobody = Campaign.select().where(Campaign.contact.is_null() & ~Campaign.closed).count()
    if nobody:
        yield WARN, _("%(count)s 个自查没有写联系人", count=nobody)


def provinces(settings: Settings) -> Answers:
    """Where a province decides corrections, has it the two people that it takes?"""
    at = clock.now()
    live = (Grant.starts <= at) & (Grant.ends.is_null() | (Grant.ends > at)) & (Staff.state == "active") & (Grant.role == "P")
    counted = Grant.select(Grant.province, fn.COUNT(Grant.staff.distinct())).join(Staff).where(live).group_by(Grant.province)
    held = dict(counted.tuples())
    for (code,) in Unit.select(Unit.province).distinct().order_by(Unit.province).tuples():
        if held.get(code, 0) < 2 and blocking.of_province(code).decider == "province":
            yield WARN, _("省级（%(code)s）不到两个人，更正会停在省里：xuedang staff add … --role P", code=code)


def _alone(unit: Unit, stands_in: bool) -> tuple[str, str]:
    """What becomes of what needs two people where one alone reviews."""
    if stands_in:
        return WARN, _("%(unit)s 只有一位能审核的人：要两个人的事由管理员当第二人", unit=unit.name)
    return BAD, _("%(unit)s 只有一位能审核的人，也没有管理员：要两个人的事办不成，加一位 R 或 H", unit=unit.name)


QUESTIONS: tuple[Callable[[Settings], Answers], ...] = (
    runtime,
    configuration,
    places,
    tables,
    history,
    sealing,
    gateways,
    promises,
    pictures,
    papers,
    signatures,
    scanner,
    letters,
    people,
    provinces,
)
