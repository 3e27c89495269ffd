"""tunebook.json of a checkpoint: what transformers doesn't keep and an exact continuation needs."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME = "tunebook.json"
# Sections whose settings decide what is computed; of train, its groups.
SECTIONS = ("model", "lora", "data", "tokenizer", "train")
# What may differ without a trace in the curve.
FREE = {
    "model.device_map",
    "data.path",
    "train.environment",
    "train.data.dataset_num_proc",
    "train.data.dataloader_num_workers",
    "train.memory.per_device_eval_batch_size",
    "train.memory.auto_find_batch_size",
}
# Only where the schedule of the learning rate knows the end.
LENGTH = {"train.training.num_train_epochs", "train.training.max_steps"}
# An adapter of another shape cannot be loaded; peft passes over parts that are missing without a word.
SHAPE = {
    f"lora.{key}"
    for key in (
        "r",
        "bias",
        "target_modules",
        "exclude_modules",
        "modules_to_save",
        "layers_to_transform",
        "layers_pattern",
        "rank_pattern",
        "target_parameters",
        "use_dora",
    )
}


@dataclass(frozen=True)
class Progress:
    """The Trainer's sums between two points of the curve: it keeps none of them and would begin at 0."""

    loss_sum: float
    loss_total: float
    logged_step: int


@dataclass(frozen=True)
class CheckpointNote:
    """attempt: how many trainings wrote into its folder before, and this. evaluation_due: a stop left it undone."""

    run: str
    attempt: int
    sections: dict[str, Any]
    files: list[dict[str, Any]]
    progress: Progress | None = field(default=None)
    evaluation_due: bool = False

    def write(self, checkpoint: Path) -> None:
        (checkpoint / NAME).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    def differences(self, now: "CheckpointNote") -> dict[str, str]:
        """Settings by which the curve would differ, each with what it was and is."""
        found = dict(_differences(self.sections, now.sections, ""))
        free = FREE
        if now.sections["train"]["training"]["lr_scheduler_type"] in ("constant", "constant_with_warmup"):
            free = FREE | LENGTH
        return {key: words for key, words in found.items() if not any(f"{key}.".startswith(f"{at}.") for at in free)}

    def changed_files(self, now: "CheckpointNote") -> list[str]:
        """Names of files that hold something else now. Where they lie doesn't matter."""
        before = [file["sha256"] for file in self.files]
        return [Path(file["path"]).name for file in now.files if file["sha256"] not in before]


def read_note(checkpoint: Path) -> CheckpointNote | None:
    """None for a checkpoint that another program wrote."""
    try:
        value = json.loads((checkpoint / NAME).read_bytes())
        progress = value.pop("progress")
        return CheckpointNote(**value, progress=None if progress is None else Progress(**progress))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def attempt_of(checkpoint: Path) -> int:
    note = read_note(checkpoint)
    return 0 if note is None else note.attempt


def _differences(before: Any, now: Any, at: str) -> list[tuple[str, str]]:
    if isinstance(before, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*before, *now])
        return [
            found
            for key in keys
            for found in _differences(before.get(key), now.get(key), f"{at}.{key}" if at else str(key))
        ]
    return [] if before == now else [(at, f"{at}: {json.dumps(before)} → {json.dumps(now)}")]
