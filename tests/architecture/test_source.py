"""How the source is kept: small files and functions, one reader of the clock and of the environment, nothing from afar."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, files, named, tree

CODE = ("webapp/**/*.py", "migrations/*.py", "tests/**/*.py")
FILE_LINES, FUNCTION_LINES = 300, 40
SENTENCE = re.compile("[，。！？；：]|[\u3400-\u9fff]{12,}")
"""What tells a Chinese sentence from a term, a numeral or a pattern."""


def functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (named(path), node)
        for path in files("webapp/**/*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_file_is_longer_than_300_lines() -> None:
    everything = files(*CODE, "templates/**/*.html", "static/app-*.css", "static/staff-*.css", "static/*-?.js")
    long = {named(path): lines for path in everything if (lines := path.read_text().count("\n")) > FILE_LINES}
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [f"{path}:{f.name}" for path, f in functions() if f.end_lineno - f.lineno + 1 > FUNCTION_LINES]
    assert long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in files(*CODE) if path.stat().st_size and not ast.get_docstring(tree(path))]
    assert silent == []


@pytest.mark.req("SYS-14")
def test_time_comes_from_one_function() -> None:
    asks = re.compile(r"\b(datetime\.(utc)?now|date\.today|time\.time|gmtime|localtime)\(")
    assert [named(path) for path in files("webapp/**/*.py") if asks.search(path.read_text())] == ["webapp/domain/clock.py"]


def test_the_environment_has_one_reader() -> None:
    reads = re.compile(r"\bos\.(environ|getenv)|from os import .*(environ|getenv)")
    assert [named(path) for path in files("webapp/**/*.py") if reads.search(path.read_text())] == ["webapp/settings.py"]


def test_no_sentence_stands_in_the_domain() -> None:
    """Codes and facts only; tables of the field (identity, rosters) hold the field's own terms."""
    found = []
    for path in files("webapp/domain/*.py", "webapp/domain/imports/*.py"):
        documented = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
        texts = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        found += [
            f"{named(path)}:{node.lineno}" for node in texts if id(node) not in documented and SENTENCE.search(node.value)
        ]
    assert found == []


def test_templates_escape_everything_and_load_nothing_from_elsewhere() -> None:
    for path in files("templates/**/*.html"):
        markup = path.read_text()
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", markup), named(path)
        assert not re.search(r"""(?:src|href|action|srcset)\s*=\s*["']?(?:https?:)?//""", markup), named(path)
        assert not re.search(
            r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son(click|load|error|submit|change|input|focus|blur|key\w+|mouse\w+)=",
            markup,
        ), named(path)
    for path in files("static/app-*", "static/staff-*", "static/pow-*"):
        assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", path.read_text()), named(path)


def test_nothing_in_the_tree_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = ROOT / "tests" / "architecture"
    assert [named(path) for path in files(*CODE) if path.parent != here and later.search(path.read_text())] == []
