"""The recipe as the host sends it: every default filled in, relative paths still relative."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Recipe:
    name: str
    recipe_file: Path
    base_directory: Path
    sections: dict[str, dict[str, Any]]

    @staticmethod
    def of(value: dict[str, Any]) -> "Recipe":
        return Recipe(
            name=str(value.get("name", "recipe")),
            recipe_file=Path(value["recipeFile"]),
            base_directory=Path(value["baseDirectory"]),
            sections={name: dict(section) for name, section in value["sections"].items()},
        )

    def section(self, name: str) -> dict[str, Any]:
        return self.sections[name]

    def path(self, text: str) -> Path:
        """An absolute path; relative ones start in the recipe's folder, ~ is the home folder."""
        return Path(os.path.normpath(self.base_directory / Path(text).expanduser()))

    def local_or_hub(self, text: str) -> Path | None:
        """The path if `text` names a place on this machine, None if it names a repository of the Hub (owner/name)."""
        path = self.path(text)
        looks_local = text.startswith((".", "/", "~", "\\")) or Path(text).is_absolute() or text.count("/") > 1
        return path if looks_local or path.exists() else None
