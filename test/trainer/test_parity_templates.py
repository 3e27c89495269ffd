"""The committed reference of chat templates is what transformers and jinja2 say now."""

import subprocess
import sys
from pathlib import Path

PARITY = Path(__file__).parents[2] / "tools" / "parity"


def test_the_reference_of_templates_is_current() -> None:
    result = subprocess.run(
        [sys.executable, str(PARITY / "template_reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
