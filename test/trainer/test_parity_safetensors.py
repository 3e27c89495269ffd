"""What the editor's tests compare with is what the crate safetensors says now."""

import subprocess
import sys
from pathlib import Path

PARITY = Path(__file__).parents[2] / "tools" / "parity"


def test_the_committed_verdicts_are_those_of_safetensors() -> None:
    script = str(PARITY / "safetensors_reference.py")
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
