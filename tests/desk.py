"""Made-up rosters for the tests of importing: rows of a school's file, and the ways to bring one in."""

from tests.people import School, id_number
from tests.tables import csv_bytes
from webapp import outside
from webapp.domain import sessions
from webapp.domain.imports import batches
from webapp.domain.permissions import Actor
from webapp.models.imports import Batch
from webapp.providers.files import Files

HEADER = [
    "学号", "考生号", "姓名", "性别", "身份证号", "民族", "学院", "专业名称", "班级", "层次", "学制", "学历类别", "学习形式",
    "入学日期", "预计毕业日期", "联系电话",
]  # fmt: skip


def student(n: int, **cells: str) -> list[str]:
    """Row `n` (1–999) of a roster: a new student whom the school of the tests does not have yet. `cells` by header."""
    born, name = f"2008{1 + n % 12:02}{1 + n % 28:02}", f"学生{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'子丑寅卯'[n % 4]}"
    row = {
        "学号": f"002026{n:06}", "考生号": f"26330105{n:06}", "姓名": name,
        "性别": "男" if n % 2 else "女", "身份证号": id_number(born, n), "民族": "汉族", "学院": "信息工程学院",
        "专业名称": "计算机应用技术", "班级": f"计应 26{n % 3:02} 班", "层次": "本科", "学制": "4", "学历类别": "普通高等教育",
        "学习形式": "普通全日制", "入学日期": "2026-09-03", "预计毕业日期": "2030-06-30", "联系电话": f"1380000{n:04}",
    }  # fmt: skip
    return list({**row, **cells}.values())


def roster(*rows: list[str], header: list[str] = HEADER, codec: str = "utf-8") -> bytes:
    """A csv of these rows."""
    return csv_bytes([header, *rows], codec)


class Desk:
    """The officer's desk: brings files in and lets the jobs run."""

    def __init__(self, world, school: School, login: str = "ni") -> None:
        self.world, self.school = world, school
        self.actor: Actor = sessions.staff_actor(school.staff(login))

    @property
    def files(self) -> Files:
        return Files(outside(self.world.settings).storage)

    def upload(self, data: bytes, name: str = "名册.csv", kind: str = "enrolment") -> Batch:
        """Take a file in and let it be read."""
        file = self.files.keep(data, "roster", unit=self.school.unit)
        batch = batches.receive(self.school.unit, kind, name, file, file.digest, self.actor)
        self.world.work()
        return fresh(batch)

    def confirm(self, batch: Batch, reason: str = "") -> Batch:
        batches.confirm(batch, self.actor, reason)
        self.world.work()
        return fresh(batch)

    def bring(self, data: bytes, **options: str) -> Batch:
        """Upload and confirm."""
        return self.confirm(self.upload(data, **options))

    def undo(self, batch: Batch) -> Batch:
        batches.undo(batch, self.actor)
        self.world.work()
        return fresh(batch)


def fresh(batch: Batch) -> Batch:
    return Batch.by_key(batch.key)
