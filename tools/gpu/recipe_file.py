"""A recipe file as the trainer takes it: defaults filled in from the JSON schema, which is made from the one schema."""

import copy
import json
from pathlib import Path
from typing import Any

import yaml

Section = dict[str, Any]


def resolved(file: Path, schema_file: Path, base_directory: Path, changes: dict[str, Section]) -> dict[str, Any]:
    """changes: section → keys that replace the recipe's. Relative paths start in base_directory."""
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    _merge(values, changes)
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    return {
        "name": file.name.removesuffix(".tune.yaml"),
        "recipeFile": str(file.resolve()),
        "baseDirectory": str(base_directory.resolve()),
        "sections": _filled(schema, values),
    }


def _merge(target: Section, changes: Section) -> None:
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


def _filled(schema: dict[str, Any], value: Any) -> Any:
    """The value with every property that the schema knows."""
    branch = _object_branch(schema)
    if branch is None or not isinstance(value, dict):
        return value
    filled = dict(value)
    for key, inner in branch["properties"].items():
        present = value[key] if key in value else copy.deepcopy(inner.get("default"))
        filled[key] = _filled(inner, present)
    return filled


def _object_branch(schema: dict[str, Any]) -> dict[str, Any] | None:
    branches = [schema, *schema.get("anyOf", [])]
    return next((branch for branch in branches if "properties" in branch), None)
