"""
The same conversion as a script of today would do it: datasets' load_dataset, map, to_json.
Usage: with_datasets.py SOURCE TARGET CACHE rows|batches; writes {"seconds", "memoryBytes", "rows"}.
"""

import json
import os
import sys
import time
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"


def peak_bytes() -> int:
    """The most memory that this process had (getrusage(2): kilobytes on Linux, bytes on macOS)."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def chat(instruction: str, given: str, output: str) -> list[dict[str, str]]:
    user = f"{instruction}\n\n{given}" if given else instruction
    return [{"role": "user", "content": user}, {"role": "assistant", "content": output}]


def of_row(row: dict[str, Any]) -> dict[str, Any]:
    return {"messages": chat(row["instruction"], row["input"], row["output"])}


def of_batch(batch: dict[str, list[Any]]) -> dict[str, Any]:
    rows = zip(batch["instruction"], batch["input"], batch["output"], strict=True)
    return {"messages": [chat(*row) for row in rows]}


def main() -> None:
    source, target, cache, mode = sys.argv[1:]
    started = time.perf_counter()
    from datasets import load_dataset

    data = load_dataset("json", data_files=source, split="train", cache_dir=cache)
    batched = mode == "batches"
    made = data.map(of_batch if batched else of_row, batched=batched, remove_columns=data.column_names)
    made.to_json(target, force_ascii=False)
    told = {"seconds": time.perf_counter() - started, "memoryBytes": peak_bytes(), "rows": len(made)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
