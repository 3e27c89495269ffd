"""Packages that a recipe asks for, looked for before anything is loaded for them."""

import importlib.util

from .failures import StepError


def require_package(module: str, package: str, recipe_path: list[str]) -> None:
    """module: the name to import. Raises StepError if it isn't installed."""
    if importlib.util.find_spec(module) is None:
        raise StepError("missingPackage", f"{package} is not installed.", recipe_path, package=package)
