"""Imports what takes seconds, and says so before each part."""

import importlib
from collections.abc import Callable

# English labels are keys of the translation.
PARTS = (
    ("Loading PyTorch", ("torch",)),
    ("Loading Transformers", ("transformers", "accelerate")),
    ("Loading PEFT and TRL", ("datasets", "peft", "trl", "trl.trainer.sft_trainer")),
)

_done = False


def import_heavy(progress: Callable[[str, int, int], None]) -> None:
    """
    Calls progress(label, done, total) before each part. Raises ImportError, of which `name` is the missing package.
    """
    global _done
    if _done:
        return
    for index, (label, modules) in enumerate(PARTS):
        progress(label, index, len(PARTS))
        for module in modules:
            importlib.import_module(module)
    _quiet()
    _done = True


def _quiet() -> None:
    """Progress bars would fill the log: progress travels as events."""
    import datasets
    import transformers

    datasets.disable_progress_bars()
    transformers.utils.logging.disable_progress_bar()
