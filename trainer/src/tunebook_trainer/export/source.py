"""What an export starts from: an adapter, its base model, how that was loaded for the training, and what to ask."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..recipe import Recipe
from ..steps.model import PATH, check_folder
from .adapter_files import AdapterFiles, read_adapter
from .telling import RefusedError

DEFAULT_PROMPTS = ("There is bacon in this sandwich.", "Where do you come from?", "Count from one to five.")
MAX_PROMPTS = 8
MAX_NEW_TOKENS = 64


@dataclass(frozen=True)
class Source:
    name: str
    adapter: AdapterFiles
    # A folder of this machine or a name of the Hub.
    base: str
    local_base: Path | None
    # The recipe's model section: how the base was loaded. Without a run only what adapter_config.json says.
    section: dict[str, Any]
    run_known: bool
    prompts: list[str]
    system_prompt: str | None
    max_new_tokens: int
    run_directory: Path | None

    @property
    def quantized(self) -> bool:
        section = self.section["quantization_config"]
        return section is not None and bool(section["load_in_4bit"] or section["load_in_8bit"])


def read_source(adapter: Path | None, run_directory: Path | None, base: str | None) -> Source:
    """base: replaces the name that the training knew, as after moving its folder."""
    recipe = None if run_directory is None else _recipe_of(run_directory)
    if adapter is None:
        assert recipe is not None
        adapter = recipe.path(recipe.section("save")["output_dir"])
    files = read_adapter(adapter)
    section = _unknown(files) if recipe is None else recipe.section("model")
    name = base if base is not None else section["model_name_or_path"]
    if not name:
        raise RefusedError("noBase", adapter)
    # What a person names now is seen from where they are.
    place = recipe.base_directory if recipe is not None and base is None else Path.cwd()
    local = Recipe("", place, place, {}).local_or_hub(name)
    if local is not None:
        check_folder(local, "config.json", PATH)
    generate = {} if recipe is None else recipe.section("generate")
    return Source(
        name=adapter.name if recipe is None else recipe.name,
        adapter=files,
        base=name if local is None else str(local),
        local_base=local,
        section=section,
        run_known=recipe is not None,
        prompts=list(generate.get("prompts") or DEFAULT_PROMPTS)[:MAX_PROMPTS],
        system_prompt=generate.get("system_prompt") or (recipe and recipe.section("data").get("system_prompt")),
        max_new_tokens=min(int(generate.get("max_new_tokens") or MAX_NEW_TOKENS), MAX_NEW_TOKENS),
        run_directory=run_directory,
    )


def _recipe_of(run_directory: Path) -> Recipe:
    path = run_directory / "config.json"
    try:
        return Recipe.of(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError("unreadable", path, error) from error


def _unknown(files: AdapterFiles) -> dict[str, Any]:
    """As much of a model section as an adapter alone tells: not whether its base was quantised."""
    return {
        "model_name_or_path": files.base,
        "revision": files.config.get("revision"),
        "dtype": "auto16",
        "attn_implementation": None,
        "trust_remote_code": False,
        "quantization_config": None,
    }
