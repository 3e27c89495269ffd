"""The committed reference of adapters is what PEFT makes of lora sections now."""

import subprocess
import sys
from pathlib import Path

PARITY = Path(__file__).parents[2] / "tools" / "parity"


def test_the_reference_of_adapters_is_current() -> None:
    result = subprocess.run(
        [sys.executable, str(PARITY / "lora_reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
