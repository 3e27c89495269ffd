"""What the steps made. It lives in the process; a step that runs again discards what later steps had made of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .protocol import STEPS

if TYPE_CHECKING:
    import torch
    from peft import LoraConfig
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

    from .conversations import Conversation
    from .trained import Trained


@dataclass
class Loaded:
    """model: without adapters whenever no training holds it."""

    model: "PreTrainedModel"
    device: "torch.device"
    section: dict[str, Any]
    quantized: bool
    # Ids that end an answer, as the checkpoint's generation config says before training aligns it.
    eos_ids: list[int]


@dataclass
class Adapter:
    section: dict[str, Any]
    trainable: int
    total: int
    targets: list[str]

    def config(self, base: Loaded) -> "LoraConfig":
        """A fresh one each time: get_peft_model writes into it."""
        from .steps.lora import lora_config

        return lora_config(self.section, base)


@dataclass
class Rows:
    section: dict[str, Any]
    source: str
    train: "list[Conversation]"
    evaluation: "list[Conversation]"
    # What they were read from, as the event dataFiles tells it.
    files: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Tokenizing:
    tokenizer: "PreTrainedTokenizerBase"
    section: dict[str, Any]
    # Ends an assistant's turn in the rendered template; None if the template has no such token.
    end_of_turn_id: int | None
    # The template with generation marks, for assistant_only_loss; None where it isn't needed.
    marked_template: str | None


@dataclass
class State:
    model: Loaded | None = None
    lora: Adapter | None = None
    data: Rows | None = None
    tokenizer: Tokenizing | None = None
    train: "Trained | None" = None
    samples: list[dict[str, Any]] = field(default_factory=list)

    def discard_from(self, step: str) -> None:
        """Forgets what this step and later ones made."""
        index = STEPS.index(step)
        if self.train is not None and index <= STEPS.index("train"):
            self.train.unload()
            self.train = None
        for later in STEPS[index:]:
            if later == "generate":
                self.samples = []
            elif later not in ("train", "save"):
                setattr(self, later, None)
