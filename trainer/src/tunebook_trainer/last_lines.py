"""The end of the run's log, for a failure whose own words don't tell enough."""

import re
import sys
from pathlib import Path
from typing import Any

BYTES = 16 * 1024
LINES = 20
# tqdm draws over its line; what counts is how the line looked in the end
PROGRESS = re.compile(r"\d+%\|")


def with_last_lines(failure: dict[str, Any], run_directory: Path) -> dict[str, Any]:
    """A failure nobody knows, or one whose cause a GPU has printed and not raised, gets the log's last lines."""
    if failure["kind"] != "unknown" and not failure["facts"].get("lost"):
        return failure
    return {**failure, "facts": {**failure["facts"], "lastLines": last_lines(run_directory / "log.txt")}}


def last_lines(log: Path) -> list[str]:
    sys.stderr.flush()
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - BYTES))
            text = file.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    lines = [line.rpartition("\r")[2].rstrip() for line in text.splitlines()]
    return [line for line in lines if line and not PROGRESS.search(line)][-LINES:]
