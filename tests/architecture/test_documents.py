"""Documents that must not fall behind: requirements and their tests, the packages of the wheel, paths in the README."""

import configparser
import json
import re

import pytest
from importlinter.cli import lint_imports

from tests.architecture.source import ROOT, files

ID = r"[A-Z]{3}-\d{2}"


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True)
    assert outcome == 0, capsys.readouterr().out


def test_every_requirement_is_proved_by_a_test_and_the_other_way_round() -> None:
    listed = re.findall(rf"^- \*\*({ID})\*\* \S", (ROOT / "docs" / "requirements.md").read_text(), re.MULTILINE)
    assert listed == sorted(set(listed))
    marks = (re.findall(r"mark\.req\(([^)]*)\)", path.read_text()) for path in files("tests/**/*.py"))
    proved = {number for mark in marks for arguments in mark for number in re.findall(ID, arguments)}
    assert proved == set(listed)


def test_every_package_travels_in_the_wheel() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = set(setup["options"]["packages"].split())
    mapped = {line.split(" = ")[0] for line in setup["options"]["package_dir"].strip().splitlines()}
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in files("webapp/**/__init__.py")}
    assert listed == there | mapped


def test_the_readme_names_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text()
    named = re.findall(r"`((?:domain|web|jobs|providers|templates|tests|webapp|migrations|docs)/[\w./-]*)`", text)
    named += re.findall(r"\]\(([^)#:]+)\)", text)
    missing = [path for path in named if not any((place / path).exists() for place in (ROOT, ROOT / "webapp"))]
    assert missing == []


def test_the_guide_lists_every_sms_that_needs_a_template() -> None:
    guide = (ROOT / "docs" / "self-hosting.zh.md").read_text()
    texts = {path.stem for path in files("templates/messages/sms/zh/*.txt")}
    assert set(re.findall(r"^\| `(\w+)` \| (?:验证码|通知) \|", guide, re.MULTILINE)) == texts
    for vendor in re.findall(r"XUEDANG_SMS_TEMPLATES=({.*})", guide):
        assert json.loads(vendor).keys() == texts


def test_what_a_face_check_cannot_see_is_said_wherever_it_is_chosen() -> None:
    """A video of the person, held before the camera, is named among its limits, and in the line of the setting."""
    limits = (ROOT / "docs" / "faces.md").read_text().partition("## What it cannot see")[2].partition("\n## ")[0]
    assert "A video of the person, held before the camera" in limits and "passes" in limits
    for guide, said in (("self-hosting.md", "video held before the camera"), ("self-hosting.zh.md", "对着镜头放录像")):
        (line,) = re.findall(r"^\| `XUEDANG_FACES`.*", (ROOT / "docs" / guide).read_text(), re.MULTILINE)
        assert said in line, guide
