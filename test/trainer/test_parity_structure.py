"""The committed references of models' structures are what transformers makes of their config.json now."""

import subprocess
import sys
from pathlib import Path

import pytest

PARITY = Path(__file__).parents[2] / "tools" / "parity"
NAMES = sorted(path.stem for path in PARITY.glob("structure_*_reference.py"))


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_current(name: str) -> None:
    script = PARITY / f"{name}.py"
    result = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
