"""Adapter, tokenizer and model card."""

from pathlib import Path

import torch

from ..atomic_folder import replaced_folder
from ..context import Context
from ..failures import StepError
from ..file_facts import file_facts
from ..model_card import model_card
from ..output_lock import locked
from ..tokenizer_files import FILES, write_tokenizer

OUTPUT = ["save", "output_dir"]
OWNED = {"adapter_config.json", "adapter_model.safetensors", "training_args.bin", "README.md", *FILES}


def run(context: Context) -> None:
    state, section = context.state, context.recipe.section("save")
    trained, tokenizing = state.train, state.tokenizer
    assert trained is not None and tokenizing is not None
    target = context.recipe.path(section["output_dir"])
    _check(context, target)
    context.progress("Writing the adapter")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside it: the folder itself is replaced.
    lock = target.with_name(f".{target.name}.lock")
    with locked(lock, target, context.run_directory, OUTPUT), replaced_folder(target, OWNED) as folder:
        trained.model.save_pretrained(folder)
        # safetensors leaves its file readable to the owner alone (mode 0600), whatever the umask: as its neighbour is.
        (folder / "adapter_model.safetensors").chmod((folder / "adapter_config.json").stat().st_mode)
        torch.save(trained.arguments, folder / "training_args.bin")
        write_tokenizer(tokenizing.tokenizer, folder, _tokenizer_source(context))
        # peft writes a card of its own, mostly questions.
        (folder / "README.md").unlink(missing_ok=True)
        if section["model_card"]:
            base = trained.model.peft_config["default"].base_model_name_or_path or ""
            (folder / "README.md").write_text(model_card(context.recipe, state, base), encoding="utf-8")
        files = [file_facts(path, path.name) for path in sorted(folder.iterdir()) if path.is_file()]
    context.emit("saved", directory=str(target), files=files)


def _check(context: Context, target: Path) -> None:
    base = context.recipe.base_directory
    if target == base or target in base.parents:
        raise StepError(
            "invalidRecipe", f"{target} holds the recipe: choose a folder of its own.", OUTPUT, value=str(target)
        )
    if target.exists() and not target.is_dir():
        raise StepError("invalidRecipe", f"{target} is a file.", OUTPUT, value=str(target))


def _tokenizer_source(context: Context) -> Path | None:
    name = context.recipe.section("tokenizer")["tokenizer_name_or_path"]
    return context.recipe.local_or_hub(name or context.recipe.section("model")["model_name_or_path"])
