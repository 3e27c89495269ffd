"""Run samples/phi3-yoda on a GPU with random weights of Phi-3-mini's shape, and compare with the chapter's figures.

    python tools/gpu/check_phi3.py --work /tmp/phi3 --max-steps 20 --out /tmp/phi3/report.json

Needs a CUDA GPU with 10 GB, 16 GB of disk in --work and the packages of trainer/requirements.lock. The rows are those
of samples/yoda (also 720, with the same columns). Exits with 1 if a figure is another or the run fails.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import recipe_file

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "yoda"
STEPS = ["model", "lora", "data", "tokenizer", "train", "generate", "save"]

# The chapter's: get_memory_footprint() / 1e6 before and after prepare_model_for_kbit_training and LoRA, and the counts.
EXPECTED = {
    "footprint loaded, MB": 2206.34,
    "footprint prepared, MB": 2651.07,
    "trainable": 12_582_912,
    "total": 3_833_662_464,
    "Linear4bit": 128,
    "o_proj": [3072, 3072],
    "qkv_proj": [9216, 3072],
    "gate_up_proj": [16384, 3072],
    "down_proj": [3072, 8192],
    "lm_head": "Linear",
}

Event = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for weights, run and adapter")
    parser.add_argument("--max-steps", type=int, default=20)
    parser.add_argument("--out", type=Path, help="file for the report; printed in any case")
    arguments = parser.parse_args()
    work: Path = arguments.work.resolve()
    model = work / "model"
    if not (model / "config.json").exists():
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("phi3_shape.py")), model, SAMPLE / "base"], check=True
        )
    events = train(work, recipe(work, model, arguments.max_steps))
    report = {"found": found(events), "expected": EXPECTED, "run": run_figures(events)}
    wrong = {key: report["found"].get(key) for key, value in EXPECTED.items() if report["found"].get(key) != value}
    text = json.dumps({**report, "wrong": wrong}, indent=1)
    sys.stdout.write(text + "\n")
    if arguments.out is not None:
        arguments.out.write_text(text, encoding="utf-8")
    return 1 if wrong or report["run"]["failure"] is not None else 0


def recipe(work: Path, model: Path, max_steps: int) -> dict[str, Any]:
    return recipe_file.resolved(
        ROOT / "samples" / "phi3-yoda" / "phi3-yoda.tune.yaml",
        ROOT / "schemas" / "recipe.schema.json",
        work,
        {
            "model": {"model_name_or_path": str(model)},
            "data": {"path": str(SAMPLE / "yoda.jsonl")},
            "train": {"training": {"max_steps": max_steps}},
        },
    )


def train(work: Path, recipe: dict[str, Any]) -> list[Event]:
    """All steps in one process, as the command line runs them. Returns the events of the run directory."""
    run = work / "run"
    run.mkdir(parents=True, exist_ok=True)
    events = run / "events.jsonl"
    events.unlink(missing_ok=True)
    path = os.pathsep.join([str(ROOT / "trainer" / "src"), os.environ.get("PYTHONPATH", "")])
    with (run / "log.txt").open("wb") as log:
        subprocess.run(
            [sys.executable, "-m", "tunebook_trainer", "--run-dir", str(run)],
            input=json.dumps({"type": "run", "steps": STEPS, "recipe": recipe}).encode() + b"\n",
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"},
            check=True,
        )
    return [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]


def found(events: list[Event]) -> dict[str, Any]:
    """The same keys as EXPECTED, as far as the run came."""
    figures: dict[str, Any] = {}
    for event in events:
        if event["type"] == "footprint":
            figures[f"footprint {event['when']}, MB"] = round(event["bytes"] / 1e6, 2)
        elif event["type"] == "trainable":
            figures |= {"trainable": event["trainable"], "total": event["total"]}
        elif event["type"] == "structure" and event["step"] == "model":
            figures["Linear4bit"] = sum(module["type"] == "Linear4bit" for module in event["modules"])
            for module in event["modules"]:
                last = module["name"].rpartition(".")[2]
                if module["type"] == "Linear4bit":
                    figures[last] = module["shape"]
                elif last == "lm_head":
                    figures[last] = module["type"]
    return figures


def run_figures(events: list[Event]) -> dict[str, Any]:
    """What the run was like: durations in ms, memory in bytes, the curve, warnings, the files."""
    by_type: dict[str, list[Event]] = {}
    for event in events:
        by_type.setdefault(event["type"], []).append(event)
    keys = ("trainStep", "loss", "learningRate", "gradNorm", "tokensPerSecond", "memoryBytes")
    return {
        "device": [(event["name"], event["bf16"]) for event in by_type.get("device", [])],
        "versions": by_type["hello"][0]["versions"],
        "durations": {event["step"]: event["durationMs"] for event in by_type.get("stepFinished", [])},
        "warnings": [(event["kind"], event["args"]) for event in by_type.get("warning", [])],
        "reductions": len(by_type.get("batchSizeReduced", [])),
        "totalSteps": [event["totalSteps"] for event in by_type.get("trainStarted", [])],
        "curve": [{key: event[key] for key in keys} for event in by_type.get("metrics", [])],
        "peakMemoryBytes": [event["peakMemoryBytes"] for event in by_type.get("trainFinished", [])],
        "adapterBytes": [event["adapterBytes"] for event in by_type.get("trainable", [])],
        "answers": [(event["model"], event["stopReason"]) for event in by_type.get("generation", [])],
        "files": {file["path"]: file["bytes"] for event in by_type.get("saved", []) for file in event["files"]},
        "failure": next((event["failure"] for event in by_type.get("stepFailed", [])), None),
        "bye": [event["reason"] for event in by_type.get("bye", [])],
    }


if __name__ == "__main__":
    sys.exit(main())
