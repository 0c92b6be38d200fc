"""The source as the house rules look at it: files, trees and what stands in them. Not a rule itself."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*patterns: str) -> list[Path]:
    """Files of the checkout, without what is generated."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(*patterns: str) -> Iterator[tuple[str, ast.Call]]:
    """Each call in these files, with the name of what is called (the last one, as in ``journal.promise``)."""
    for path in files(*patterns):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def text(node: ast.expr | None) -> str | None:
    """The value of a string literal."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
