"""`doctor` draws a paper, and names the characters of people's names that no font holds."""

import pytest

from tests.cli.conftest import Machine
from tests.people import make_school
from webapp.cli.deployment import connected
from webapp.models.records import Record

OUTSIDE = {"XUEDANG_SMS": "none", "XUEDANG_MAIL": "none"}


@pytest.mark.req("CHK-18")
def test_doctor_names_the_characters_that_cannot_be_drawn(machine: Machine) -> None:
    machine.init()
    assert machine.run("doctor", **OUTSIDE) == 0
    assert "ok   PDF 可以生成，每个姓名都画得出来" in machine.out
    with connected():
        make_school("88888", "白沙学院")
        Record.update(name="王\U0002ebf0").where(Record.name == "何苗").execute()
    machine.run("doctor", **OUTSIDE)
    assert "warn 姓名里有 1 个字没有字体，PDF 上是空框，网页靠手机自己的字体：\U0002ebf0 U+2EBF0。" in machine.out
