"""README.md of a saved adapter."""

import json
from pathlib import Path
from typing import Any

from .environment import installed_versions
from .model_class import model_class
from .recipe import Recipe
from .state import State

SHOWN = ("torch", "transformers", "trl", "peft", "bitsandbytes", "datasets")


def model_card(recipe: Recipe, state: State, base: str) -> str:
    """Markdown with the metadata that the Hub reads. base: what adapter_config.json names as the base model."""
    train, adapter, rows, loaded = state.train, state.lora, state.data, state.model
    assert loaded is not None
    assert train is not None and adapter is not None and rows is not None
    hub_base = recipe.local_or_hub(recipe.section("model")["model_name_or_path"]) is None
    hub_data = recipe.local_or_hub(rows.section["path"]) is None
    head = ["---", "library_name: peft", "pipeline_tag: text-generation"]
    if hub_base:
        head.append(f"base_model: {base}")
    if hub_data:
        head.append(f"datasets:\n- {rows.section['path']}")
    head += ["tags:", "- lora", "- sft", "- tunebook", "---"]
    training = recipe.section("train")["training"]
    loss = "not measured" if train.loss is None else f"{train.loss:.4f}"
    body = [
        f"# {recipe.name}",
        f"A LoRA adapter for `{_name(base)}`, made with Tunebook.",
        "## Use",
        _usage(base, model_class(loaded.model.config, base).__name__),
        "## Training",
        f"- Data: `{_name(rows.source)}`, {len(rows.train)} rows to train, {len(rows.evaluation)} to measure on",
        f"- Adapter: {adapter.trainable:,} of {adapter.total:,} parameters on {len(adapter.targets)} layers",
        f"- {train.steps} steps, learning rate {training['learning_rate']}, seed {training['seed']}, mean loss {loss}",
        f"- Versions: {_versions()}",
        *_samples(state.samples),
        "## Recipe",
        f"```yaml\n{_recipe_text(recipe)}\n```",
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(_join_lists(body)) + "\n"


def _usage(base: str, auto: str) -> str:
    """auto: the class that loads the base model."""
    return (
        "```python\n"
        "from peft import PeftModel\n"
        f"from transformers import {auto}, AutoTokenizer\n\n"
        f'model = {auto}.from_pretrained("{_name(base)}")\n'
        'model = PeftModel.from_pretrained(model, "path/to/this/folder")\n'
        'tokenizer = AutoTokenizer.from_pretrained("path/to/this/folder")\n'
        "```"
    )


def _samples(samples: list[dict[str, Any]]) -> list[str]:
    rows = [sample for sample in samples if sample["mode"] == "greedy"] or samples
    if not rows:
        return []
    cells = [[sample["prompt"], sample["model"], sample["text"]] for sample in rows]
    table = "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in cells)
    return ["## Answers", "| prompt | model | answer |\n|---|---|---|\n" + table]


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|").replace("\n", "<br>")


def _versions() -> str:
    versions = installed_versions()
    return ", ".join(f"{package} {versions[package]}" for package in SHOWN if package in versions)


def _recipe_text(recipe: Recipe) -> str:
    """As the file is now; the recipe with every default filled in (JSON is YAML) if the file is gone."""
    try:
        return recipe.recipe_file.read_text(encoding="utf-8").rstrip()
    except (OSError, UnicodeDecodeError):
        return json.dumps(recipe.sections, indent=2, ensure_ascii=False)


def _name(path: str) -> str:
    """A folder of this machine means nothing elsewhere: its last part does."""
    return Path(path).name if Path(path).is_absolute() else path


def _join_lists(parts: list[str]) -> list[str]:
    """List items follow each other without an empty line."""
    joined: list[str] = []
    for part in parts:
        if part.startswith("- ") and joined and joined[-1].startswith("- "):
            joined[-1] += "\n" + part
        else:
            joined.append(part)
    return joined
