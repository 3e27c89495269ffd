"""Each failure is one stepFailed of its kind, with facts; the process lives on, and the run directory can be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from recipes import NF4, STEPS, recipe
from trainer_process import TrainerProcess, of_type, only

from protocol import check_event

UNTIL_TRAIN = STEPS[: STEPS.index("train") + 1]

Changes = dict[str, dict[str, Any]]


def fail(trainer: TrainerProcess, steps: list[str], folder: Path, **changes: dict[str, Any]) -> dict[str, Any]:
    events = trainer.run(steps, recipe(folder, **changes))
    for event in events:
        check_event(event)
    failed = only(events, "stepFailed")
    assert events[-2] is failed
    assert events[-1]["type"] == "runFinished"
    stored = (trainer.run_directory / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in stored[-2:]] == events[-2:]
    assert trainer.process.poll() is None
    return failed["failure"]


CASES: list[tuple[str, list[str], Changes, str, list[str], dict[str, Any]]] = [
    (
        "a missing model",
        ["model"],
        {"model": {"model_name_or_path": "./none"}},
        "modelNotFound",
        ["model", "model_name_or_path"],
        {},
    ),
    (
        "a folder that is no model",
        ["model"],
        {"model": {"model_name_or_path": "."}},
        "modelNotFound",
        ["model", "model_name_or_path"],
        {},
    ),
    (
        "a model of the Hub without a network",
        ["model"],
        {"model": {"model_name_or_path": "nobody/nothing"}},
        "network",
        [],
        {},
    ),
    (
        "a device that is not there",
        ["model"],
        {"model": {"device_map": "mps"}},
        "invalidRecipe",
        ["model", "device_map"],
        {"value": "mps"},
    ),
    (
        "attention without its package",
        ["model"],
        {"model": {"attn_implementation": "flash_attention_2"}},
        "missingPackage",
        ["model", "attn_implementation"],
        {"package": "flash-attn"},
    ),
    (
        "4 and 8 bit at once",
        ["model"],
        {"model": {"quantization_config": {**NF4, "load_in_8bit": True}}},
        "invalidRecipe",
        ["model", "quantization_config", "load_in_8bit"],
        {},
    ),
    (
        "targets that match nothing",
        ["model", "lora"],
        {"lora": {"target_modules": ["q_proj"]}},
        "noTargetModules",
        ["lora", "target_modules"],
        {"available": ["down_proj", "gate_up_proj", "lm_head", "o_proj", "qkv_proj"]},
    ),
    (
        "targets that LoRA cannot wrap",
        ["model", "lora"],
        {"lora": {"target_modules": ["input_layernorm"]}},
        "noTargetModules",
        ["lora", "target_modules"],
        {},
    ),
    (
        "no targets, which peft has no default for",
        ["model", "lora"],
        {"lora": {"target_modules": None}},
        "noTargetModules",
        ["lora", "target_modules"],
        {},
    ),
    (
        "empty targets, which peft would fill up or refuse",
        ["model", "lora"],
        {"lora": {"target_modules": None, "target_parameters": []}},
        "noTargetModules",
        ["lora", "target_modules"],
        {},
    ),
    (
        "targets by a pattern that is none",
        ["model", "lora"],
        {"lora": {"target_modules": "(q_proj"}},
        "invalidRecipe",
        ["lora", "target_modules"],
        {"value": "(q_proj"},
    ),
    (
        "a parameter with dropout",
        ["model", "lora"],
        {"lora": {"target_modules": None, "target_parameters": ["o_proj.weight"], "lora_dropout": 0.1}},
        "invalidRecipe",
        ["lora", "lora_dropout"],
        {"value": 0.1},
    ),
    (
        "a quantised layer that is to be trained whole",
        ["model", "lora"],
        {"model": {"quantization_config": NF4}, "lora": {"modules_to_save": ["down_proj"]}},
        "invalidRecipe",
        ["lora", "modules_to_save"],
        {},
    ),
    (
        "a start that changes the base",
        ["model", "lora"],
        {"lora": {"init_lora_weights": "pissa"}},
        "invalidRecipe",
        ["lora", "init_lora_weights"],
        {"value": "pissa"},
    ),
    (
        # 64 times r float32 numbers are more than an address space holds, whatever the machine.
        "more host memory than there is",
        ["model", "lora"],
        {"lora": {"r": 10**12}},
        "outOfMemory",
        ["lora", "r"],
        {},
    ),
    ("missing rows", ["data"], {"data": {"path": "./none.jsonl"}}, "missingFile", ["data", "path"], {}),
    ("rows of a Hub data set without a network", ["data"], {"data": {"path": "nobody/nothing"}}, "network", [], {}),
    (
        "a column that is not there",
        ["data"],
        {"data": {"columns": {"prompt": "question"}}},
        "datasetInvalid",
        ["data", "columns", "prompt"],
        {"column": "question"},
    ),
    (
        "a split of a file",
        ["data"],
        {"data": {"split": "validation"}},
        "invalidRecipe",
        ["data", "split"],
        {"value": "validation"},
    ),
    (
        "a split of a file to measure on",
        ["data"],
        {"data": {"eval_split": "validation"}},
        "invalidRecipe",
        ["data", "eval_split"],
        {"value": "validation"},
    ),
    (
        "no rows left to train",
        ["data"],
        {"data": {"eval_split": 24}},
        "invalidRecipe",
        ["data", "eval_split"],
        {"rows": 24},
    ),
    (
        "a template that fails",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"chat_template": "{{ raise_exception('no users here') }}"}},
        "templateInvalid",
        ["tokenizer", "chat_template"],
        {"reason": "no users here"},
    ),
    (
        "a template that is no template",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"chat_template": "{% for %}"}},
        "templateInvalid",
        ["tokenizer", "chat_template"],
        {},
    ),
    (
        "a missing template file",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"chat_template": "./none.jinja"}},
        "missingFile",
        ["tokenizer", "chat_template"],
        {},
    ),
    (
        "padding with an end mark",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"pad_token": "<|endoftext|>"}},
        "invalidRecipe",
        ["tokenizer", "pad_token"],
        {"value": "<|endoftext|>"},
    ),
    (
        "padding with the end of a turn",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"pad_token": "<|end|>"}},
        "invalidRecipe",
        ["tokenizer", "pad_token"],
        {"value": "<|end|>"},
    ),
    (
        "a pad token that is not there",
        ["model", "data", "tokenizer"],
        {"tokenizer": {"pad_token": "<pad>"}},
        "invalidRecipe",
        ["tokenizer", "pad_token"],
        {"value": "<pad>"},
    ),
    (
        "a loss that is no number",
        UNTIL_TRAIN,
        {"train": {"training": {"learning_rate": 1e30, "max_grad_norm": 0}}},
        "nonFiniteLoss",
        ["train", "training", "learning_rate"],
        {"trainStep": 2},
    ),
    (
        "packing that lets examples see each other",
        UNTIL_TRAIN,
        {"train": {"data": {"packing": True, "packing_strategy": "bfd"}}},
        "unsafePacking",
        ["train", "data", "packing_strategy"],
        {"value": "bfd", "attention": "sdpa"},
    ),
    (
        "packing without a length",
        UNTIL_TRAIN,
        {"train": {"data": {"packing": True, "max_length": None}}},
        "invalidRecipe",
        ["train", "data", "max_length"],
        {},
    ),
    (
        "answers beyond max_length",
        UNTIL_TRAIN,
        {"train": {"data": {"assistant_only_loss": True, "max_length": 4}}},
        "allLabelsMasked",
        ["train", "data", "max_length"],
        {"rows": 24, "maxLength": 4},
    ),
    (
        "fp16 on a CPU",
        UNTIL_TRAIN,
        {"train": {"memory": {"fp16": True}}},
        "unsupportedDtype",
        ["train", "memory", "fp16"],
        {"device": "CPU"},
    ),
    (
        "tf32 on a CPU",
        UNTIL_TRAIN,
        {"train": {"memory": {"tf32": True}}},
        "unsupportedDtype",
        ["train", "memory", "tf32"],
        {},
    ),
    (
        "an optimizer without a twin for CPUs",
        UNTIL_TRAIN,
        {"train": {"memory": {"optim": "paged_lion_8bit"}}},
        "invalidRecipe",
        ["train", "memory", "optim"],
        {"value": "paged_lion_8bit"},
    ),
    (
        "kernels that are not installed",
        UNTIL_TRAIN,
        {"train": {"memory": {"use_liger_kernel": True}}},
        "missingPackage",
        ["train", "memory", "use_liger_kernel"],
        {"package": "liger-kernel"},
    ),
    (
        "a report that is not installed",
        UNTIL_TRAIN,
        {"train": {"environment": {"report_to": "wandb"}}},
        "missingPackage",
        ["train", "environment", "report_to"],
        {"package": "wandb"},
    ),
    (
        "evaluation without rows",
        UNTIL_TRAIN,
        {"train": {"environment": {"eval_strategy": "epoch"}}},
        "invalidRecipe",
        ["train", "environment", "eval_strategy"],
        {"value": "epoch"},
    ),
    (
        "a missing checkpoint",
        UNTIL_TRAIN,
        {"train": {"environment": {"resume_from_checkpoint": "./none"}}},
        "missingFile",
        ["train", "environment", "resume_from_checkpoint"],
        {},
    ),
    (
        # /sys takes no new folders, not even from root.
        "a folder that may not be written",
        UNTIL_TRAIN,
        {"train": {"environment": {"output_dir": "/sys/tunebook"}}},
        "permissionDenied",
        [],
        {"path": "/sys/tunebook"},
    ),
    (
        "the chunked loss for an adapter on lm_head",
        UNTIL_TRAIN,
        {"lora": {"target_modules": ["o_proj", "lm_head"]}, "train": {"training": {"loss_type": "chunked_nll"}}},
        "invalidRecipe",
        ["train", "training", "loss_type"],
        {"value": "chunked_nll"},
    ),
    (
        "references that don't fit",
        [*UNTIL_TRAIN, "generate"],
        {"generate": {"references": ["one", "two"]}},
        "invalidRecipe",
        ["generate", "references"],
        {},
    ),
    (
        "the recipe's own folder to save into",
        STEPS,
        {"save": {"output_dir": "."}},
        "invalidRecipe",
        ["save", "output_dir"],
        {},
    ),
]


@pytest.mark.parametrize(
    ("steps", "changes", "kind", "path", "facts"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_failure(
    trainer: TrainerProcess,
    folder: Path,
    steps: list[str],
    changes: Changes,
    kind: str,
    path: list[str],
    facts: dict[str, Any],
) -> None:
    failure = fail(trainer, steps, folder, **changes)
    assert (failure["kind"], failure["recipePath"]) == (kind, path), failure["traceback"]
    assert {key: failure["facts"].get(key) for key in facts} == facts
    assert failure["message"]
    assert failure["traceback"].startswith("Traceback")


def test_a_bad_row_names_its_line(trainer: TrainerProcess, folder: Path) -> None:
    lines = (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    lines[7] = json.dumps({"sentence": "Fine.", "translation_extra": " "})
    lines[9] = json.dumps({"sentence": None, "translation_extra": "Yes."})
    (folder / "rows.jsonl").write_text("\n\n".join(lines), encoding="utf-8")
    failure = fail(trainer, ["data"], folder)
    assert failure["kind"] == "datasetInvalid"
    assert failure["message"] == "rows.jsonl:15: column translation_extra is empty. 2 of 24 rows are bad."
    assert failure["facts"]["line"] == 15
    assert failure["facts"]["examples"][1] == "rows.jsonl:19: column sentence is missing"


def test_a_step_without_those_before_it(base: Path, tmp_path: Path, trainer: TrainerProcess, folder: Path) -> None:
    trainer.run(["model"], recipe(folder))
    failure = fail(trainer, ["train"], folder)
    assert failure["kind"] == "missingStep"
    assert (failure["facts"]["missing"][0], failure["facts"]["step"]) == ("lora", "train")


def test_after_a_failure_the_step_can_be_repaired(trainer: TrainerProcess, folder: Path) -> None:
    before = STEPS[: STEPS.index("train")]
    trainer.run(before, recipe(folder))
    broken = {"training": {"learning_rate": 1e30, "max_grad_norm": 0, "neftune_noise_alpha": 5}}
    assert fail(trainer, ["train"], folder, train=broken)["kind"] == "nonFiniteLoss"
    events = trainer.run(["train", "generate", "save"], recipe(folder))
    assert of_type(events, "stepFailed") == []
    assert only(events, "trainFinished")["trainSteps"] == 6


def test_a_loss_that_is_no_number_is_told_as_a_text(trainer: TrainerProcess, folder: Path) -> None:
    changed = {"training": {"learning_rate": 1e30, "max_grad_norm": 0}, "environment": {"logging_steps": 500}}
    events = trainer.run(UNTIL_TRAIN, recipe(folder, train=changed))
    # Seen at its step, although nothing would be logged for long.
    assert [(event["trainStep"], event["loss"]) for event in of_type(events, "metrics")] == [(2, "NaN")]
