"""What the editor's tests compare with is what transformers, PEFT, TRL, torch, tokenizers and safetensors say now."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

PARITY = Path(__file__).parents[2] / "tools" / "parity"
# Those that take minutes begin first.
SLOW = ["lora_reference", "structure_dense_reference", "structure_converted_reference"]
OTHERS = sorted({path.stem for path in PARITY.glob("*_reference.py")} | {"tokenizer_mixtures"})
NAMES = [*SLOW, *(name for name in OTHERS if name not in SLOW)]

Answers = dict[str, "Future[subprocess.CompletedProcess[str]]"]


@pytest.fixture(scope="module")
def answers() -> Iterator[Answers]:
    """All scripts, two at a time: each uses one core only."""
    pool = ThreadPoolExecutor(max_workers=2)
    yield {name: pool.submit(_check, name) for name in NAMES}
    pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_answers_are_current(name: str, answers: Answers) -> None:
    result = answers[name].result()
    assert result.returncode == 0, result.stderr


def _check(name: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(PARITY / f"{name}.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
