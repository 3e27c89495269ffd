"""What the trainer says to people is a key of the translation."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from tunebook_trainer.heavy_imports import PARTS
from tunebook_trainer.notices import NOTICES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "trainer" / "src").rglob("*.py"))


def calls(name: str) -> Iterator[tuple[Path, list[ast.expr]]]:
    """The positional arguments of each call of a method."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield path, node.args


def test_every_word_is_translated() -> None:
    chinese = json.loads((ROOT / "l10n" / "bundle.l10n.zh-cn.json").read_text(encoding="utf-8"))
    said = {label for label, _ in PARTS} | set(NOTICES.values())
    said |= {arguments[0].value for _, arguments in calls("progress") if isinstance(arguments[0], ast.Constant)}
    assert "Reading rows" in said
    assert [word for word in sorted(said) if word not in chinese] == []


def test_every_warning_has_a_text_and_every_text_a_warning() -> None:
    given = {arguments[0].value for _, arguments in calls("warn") if isinstance(arguments[0], ast.Constant)}
    assert given == set(NOTICES)
