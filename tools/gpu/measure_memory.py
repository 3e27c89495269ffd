"""
Measure what trainings take of a GPU's memory, over the grid of memory_grid.py, with the project's own trainer.

    python tools/gpu/measure_memory.py --work /tmp/memory --out measured.json

Needs a CUDA GPU with 70 GB, 20 GB of disk in --work and the packages of trainer/requirements.lock (liger-kernel too).
Several settings run at once: each figure is of one process. What is done stays in --out if the time is up; run again,
it goes on with what is missing. --tiny tries everything on a CPU with models a hundredth of the size: no figure of it
means anything.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import memory_grid
import memory_recipe
from memory_grid import Setting
from memory_shapes import SHAPES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STEPS = ["model", "lora", "data", "tokenizer", "train"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for weights and runs")
    parser.add_argument("--out", type=Path, required=True, help="file for the figures")
    parser.add_argument("--workers", type=int, default=5)
    parser.add_argument("--gigabytes", type=float, default=70, help="never more at once, by a rough bound")
    parser.add_argument("--seconds", type=float, default=1e9, help="start nothing after this time")
    parser.add_argument("--only", default="", help="settings whose name contains this")
    parser.add_argument("--tiny", action="store_true", help="a try on a CPU")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    return Measuring(arguments).run()


class Measuring:
    """The queue of settings. `_lock` guards queue, bound and file."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._started = time.monotonic()
        self._arguments = arguments
        self._work: Path = arguments.work.resolve()
        self._done: dict[str, dict[str, Any]] = {}
        if arguments.out.exists():
            kept = json.loads(arguments.out.read_text(encoding="utf-8"))["settings"]
            self._done = {row["setting"]["name"]: row for row in kept if row["failure"] is None}
        grid = [row for row in memory_grid.settings() if arguments.only in row["name"]]
        if arguments.tiny:
            grid = [{**row, "length": min(row["length"], 64), "batch": min(row["batch"], 2)} for row in grid]
        todo = [row for row in grid if row["name"] not in self._done]
        self._queue = sorted(todo, key=bound, reverse=True)
        self._models: set[str] = set()
        self._lock = threading.Condition()
        self._taken = 0.0
        self._head: dict[str, Any] = {}

    def run(self) -> int:
        shapes = [shape for shape in SHAPES if any(row["shape"] == shape for row in self._queue)]
        makers = [threading.Thread(target=self._make_model, args=(shape,)) for shape in shapes]
        workers = [threading.Thread(target=self._worker) for _ in range(self._arguments.workers)]
        for thread in [*makers, *workers]:
            thread.start()
        for thread in [*makers, *workers]:
            thread.join()
        failed = [name for name, row in self._done.items() if row["failure"] is not None]
        tell(f"{len(self._done)} settings, {len(failed)} failed: {failed}")
        return 1 if failed else 0

    def _make_model(self, shape: str) -> None:
        folder = self._work / shape
        if not (folder / "config.json").exists():
            command = [sys.executable, str(HERE / "memory_shapes.py"), folder, shape, memory_recipe.SAMPLE / "base"]
            subprocess.run([*command, "cpu" if self._arguments.tiny else "cuda"], check=True)
        with self._lock:
            self._models.add(shape)
            self._lock.notify_all()
        tell(f"{self._seconds():6.1f} s model {shape}")

    def _worker(self) -> None:
        while (setting := self._next()) is not None:
            try:
                self._measure(setting)
            finally:
                with self._lock:
                    self._taken -= bound(setting)
                    self._lock.notify_all()

    def _next(self) -> Setting | None:
        """The largest that fits beside what runs and whose model is there."""
        with self._lock:
            while self._queue and not self._late():
                room = self._arguments.gigabytes - self._taken
                for setting in self._queue:
                    if setting["shape"] in self._models and (bound(setting) <= room or self._taken == 0):
                        self._queue.remove(setting)
                        self._taken += bound(setting)
                        return setting
                self._lock.wait(timeout=1)
            return None

    def _late(self) -> bool:
        return self._seconds() > self._arguments.seconds

    def _seconds(self) -> float:
        return time.monotonic() - self._started

    def _measure(self, setting: Setting) -> None:
        began = self._seconds()
        run = self._work / "runs" / setting["name"].replace(" ", "_")
        shutil.rmtree(run, ignore_errors=True)
        run.mkdir(parents=True)
        with self._lock:
            memory_recipe.write_rows(setting, self._work)
        recipe = memory_recipe.recipe(setting, self._work, self._work / setting["shape"])
        recipe["sections"]["train"]["environment"]["output_dir"] = str(run / "out")
        events = train(run, recipe)
        row = {"setting": setting, **figures(events), **probed(run)}
        with self._lock:
            self._head |= head(events)
            self._done[setting["name"]] = row
            self._write()
        peak = (row["peakMemoryBytes"] or 0) / 1e9
        tell(
            f"{self._seconds():6.1f} s {setting['name']}: {peak:.3f} GB, bound {bound(setting):.1f}, "
            f"{self._seconds() - began:.0f} s {(row['failure'] or {}).get('message', '')[:300]}"
        )

    def _write(self) -> None:
        text = json.dumps({**self._head, "settings": list(self._done.values())}, indent=1)
        beside = self._arguments.out.with_suffix(".part")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self._arguments.out)


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def bound(setting: Setting) -> float:
    """GB that the setting may take, roughly and on the high side: only so that the card isn't overbooked."""
    weights = {"phi3": 7.7, "llama": 2.5, "gpt2": 0.8, "qwen3": 1.2}.get(setting["shape"], 4.0)
    wide = {"phi3": 32 * 11264, "llama": 16 * 10240, "gpt2": 24 * 5120, "qwen3": 28 * 4096, "gemma2": 12 * 11520}
    per_token = wide.get(setting["shape"], 12 * 8000) * 2
    tokens = setting["length"] * setting["batch"]
    if setting["quant"] is not None:
        weights *= 0.65
    elif setting["dtype"] == "float32":
        weights *= 2.1
    kept = per_token * 12 * tokens / 1e9 if not setting["checkpointing"] else per_token * tokens * 3 / 1e9
    logits = 20.0 * tokens * 128_256 / 1e9 if setting["loss_type"] == "nll" else 3.0
    scores = 14e-9 * setting["batch"] * setting["length"] ** 2 * 32 * (1 if setting["checkpointing"] else 16)
    return 1.0 + weights + kept + logits + (scores if setting["attention"] == "eager" else 0.0)


def train(run: Path, recipe: dict[str, Any]) -> list[dict[str, Any]]:
    """All steps in one process, as the command line runs them. Returns the events of the run directory."""
    path = os.pathsep.join([str(ROOT / "trainer" / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "HF_HUB_OFFLINE": "1",
        "CUDA_VISIBLE_DEVICES": "0",
        "OMP_NUM_THREADS": "3",
    }
    with (run / "log.txt").open("wb") as log:
        subprocess.run(
            [sys.executable, str(HERE / "memory_probe.py"), "--run-dir", str(run)],
            input=json.dumps({"type": "run", "steps": STEPS, "recipe": recipe}).encode() + b"\n",
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=environment,
            check=False,
        )
    events = run / "events.jsonl"
    return [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()] if events.exists() else []


def figures(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Bytes."""
    of = {event["type"]: event for event in events}
    footprints = {event["when"]: event["bytes"] for event in events if event["type"] == "footprint"}
    failure = of["stepFailed"]["failure"] if "stepFailed" in of else None
    if failure is None and "trainFinished" not in of:
        failure = {"message": "no end", "last": events[-1]["type"] if events else None}
    return {
        "loadedBytes": footprints.get("loaded"),
        "preparedBytes": footprints.get("prepared"),
        "trainable": of.get("trainable", {}).get("trainable"),
        "peakMemoryBytes": of.get("trainFinished", {}).get("peakMemoryBytes"),
        "trainSteps": of.get("trainFinished", {}).get("trainSteps"),
        "batch": first_batch(of.get("batches", {})),
        "warnings": [event["kind"] for event in events if event["type"] == "warning"],
        "failure": failure,
    }


def first_batch(event: dict[str, Any]) -> dict[str, Any]:
    """How full the batches are: tokens that the loss looks at, of all."""
    return {key: event.get(key) for key in ("trainedTokens", "totalTokens")}


def probed(run: Path) -> dict[str, Any]:
    file = run / "memory.json"
    return {"memory": json.loads(file.read_text(encoding="utf-8")) if file.exists() else None}


def head(events: list[dict[str, Any]]) -> dict[str, Any]:
    of = {event["type"]: event for event in events}
    if "hello" not in of or "device" not in of:
        return {}
    keys = ("device", "name", "capability", "driver", "memoryBytes", "bf16")
    return {"versions": of["hello"]["versions"], "device": {key: of["device"][key] for key in keys}}


if __name__ == "__main__":
    sys.exit(main())
