"""The words between the trainer and whoever drives it."""

from typing import Final

PROTOCOL: Final = 1
STEPS: Final = ("model", "lora", "data", "tokenizer", "train", "generate", "save")
