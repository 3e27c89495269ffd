"""The trainer of Tunebook: JSON commands in, JSON events out. The words are described in src/protocol/trainer.ts."""

__version__ = "0.1.0"
