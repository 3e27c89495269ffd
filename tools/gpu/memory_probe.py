"""
The project's trainer, unchanged, with a look at what PyTorch's allocator holds.

    python tools/gpu/memory_probe.py --run-dir DIR        (takes the trainer's commands on stdin)

Writes memory.json into the run directory when training ends: peaks of allocated and reserved bytes, what the process
takes of the card, and what lay in memory at the peak, by size and by the code that asked for it.
"""

import collections
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# Allocations of the trace: 4 steps of 32 blocks are about 100,000.
TRACED = 4_000_000
FRAMES = 4
GROUPS = 70
# Files whose frames say nothing of what a tensor is for.
PLUMBING = ("torch/nn/modules/module.py", "torch/utils/_contextlib.py", "torch/autograd/", "torch/_tensor.py")

Frames = list[dict[str, Any]]


def main() -> None:
    import tunebook_trainer.steps.train as step
    from tunebook_trainer.__main__ import main as trainer

    run_dir = Path(sys.argv[sys.argv.index("--run-dir") + 1])
    inner = step._train  # noqa: SLF001 - the one place between the making of the trainer and its end
    highest = {"reserved": 0}
    watch_reserved(highest)

    def watched(*args: Any) -> None:
        import torch

        before = start(torch)
        try:
            inner(*args)
        finally:
            figures = finish(torch, before, highest)
            (run_dir / "memory.json").write_text(json.dumps(figures), encoding="utf-8")

    step._train = watched  # noqa: SLF001
    trace_from_first_use()
    trainer()


def trace_from_first_use() -> None:
    """Before the model is loaded: what lay there before tracing began would be unknown."""
    import torch

    if torch.cuda.is_available():
        torch.cuda.memory._record_memory_history(  # noqa: SLF001 - the documented way to snapshots
            enabled="all", context="alloc", stacks="python", max_entries=TRACED
        )


def watch_reserved(highest: dict[str, int]) -> None:
    """PeakMemory.take() resets both peaks at each log: look before it does."""
    from tunebook_trainer.memory import PeakMemory

    inner = PeakMemory.sample

    def sample(self: PeakMemory) -> None:
        import torch

        if torch.cuda.is_available():
            highest["reserved"] = max(highest["reserved"], torch.cuda.max_memory_reserved())
        inner(self)

    PeakMemory.sample = sample  # type: ignore[method-assign]


def start(torch: Any) -> dict[str, int]:
    """Bytes when the trainer is made and no batch has run."""
    if not torch.cuda.is_available():
        return {}
    return {"allocated": torch.cuda.memory_allocated(), "reserved": torch.cuda.memory_reserved()}


def finish(torch: Any, before: dict[str, int], highest: dict[str, int]) -> dict[str, Any]:
    if not torch.cuda.is_available():
        return {"before": before}
    free, total = torch.cuda.mem_get_info()
    figures: dict[str, Any] = {
        "before": before,
        "allocatedAtEnd": torch.cuda.memory_allocated(),
        "maxReserved": max(highest["reserved"], torch.cuda.max_memory_reserved()),
        "reservedAtEnd": torch.cuda.memory_reserved(),
        "deviceUsed": total - free,
        "smi": smi(),
        "retries": torch.cuda.memory_stats().get("num_alloc_retries"),
    }
    with contextlib.suppress(Exception):
        figures["peak"] = at_peak(torch.cuda.memory._snapshot()["device_traces"][0])  # noqa: SLF001
    return figures


def smi() -> list[str]:
    """What nvidia-smi says of each process, in MiB."""
    query = ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]
    try:
        text = subprocess.run(query, capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return [f"own pid {os.getpid()}", *text.splitlines()]


def at_peak(trace: list[dict[str, Any]]) -> dict[str, Any]:
    """What was allocated when the sum of requested bytes was largest, in groups of one size and one origin."""
    total = highest = 0
    where = -1
    for index, entry in enumerate(trace):
        if entry["action"] == "alloc":
            total += entry["size"]
            if total > highest:
                highest, where = total, index
        elif entry["action"] == "free_completed":
            total -= entry["size"]
    live: dict[int, dict[str, Any]] = {}
    for entry in trace[: where + 1]:
        if entry["action"] == "alloc":
            live[entry["addr"]] = entry
        elif entry["action"] == "free_completed":
            live.pop(entry["addr"], None)
    groups: dict[tuple[int, str], int] = collections.Counter(
        (entry["size"], origin(entry.get("frames") or [])) for entry in live.values()
    )
    rows = sorted(([size * count, count, size, text] for (size, text), count in groups.items()), reverse=True)
    return {
        "requested": highest,
        "at": origin(trace[where].get("frames") or []),
        "atSize": trace[where]["size"],
        "groups": rows[:GROUPS],
        "rest": sum(row[0] for row in rows[GROUPS:]),
    }


def origin(frames: Frames) -> str:
    told = [frame for frame in frames if not any(part in frame["filename"] for part in PLUMBING)]
    return " < ".join(f"{Path(frame['filename']).stem}:{frame['name']}:{frame['line']}" for frame in told[:FRAMES])


if __name__ == "__main__":
    main()
