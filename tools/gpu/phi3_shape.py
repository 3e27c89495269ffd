"""A model of Phi-3-mini's shape with random weights: memory, counts and speed are real, the text is not."""

import json
import shutil
import sys
from pathlib import Path

# config.json of microsoft/Phi-3-mini-4k-instruct.
CONFIG = {
    "vocab_size": 32064,
    "hidden_size": 3072,
    "intermediate_size": 8192,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 32,
    "max_position_embeddings": 4096,
    "original_max_position_embeddings": 4096,
    "rms_norm_eps": 1e-05,
    "sliding_window": 2047,
    "tie_word_embeddings": False,
}
TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


def make_model(folder: Path, tokenizer_folder: Path) -> None:
    """Writes config, bfloat16 weights (7.6 GB) and the tokenizer of another model with the same template."""
    import torch
    from transformers import AutoModelForCausalLM, Phi3Config

    tokens = json.loads((tokenizer_folder / "config.json").read_text(encoding="utf-8"))
    # No pad_token_id: torch.nn.Embedding makes the row of its padding_idx zero. A packed row that begins with that
    # token stays exactly zero in every layer, where RMSNorm multiplies the gradient by 1/sqrt(eps) = 316: it overflows.
    ends = {"bos_token_id": tokens["bos_token_id"], "eos_token_id": tokens["eos_token_id"], "pad_token_id": None}
    torch.manual_seed(0)
    with torch.device("cuda"):
        model = AutoModelForCausalLM.from_config(Phi3Config(**CONFIG, **ends), dtype=torch.bfloat16)
    model.save_pretrained(folder)
    for name in TOKENIZER_FILES:
        shutil.copy(tokenizer_folder / name, folder / name)


if __name__ == "__main__":
    # A process of its own: the card is empty again when it ends.
    make_model(Path(sys.argv[1]), Path(sys.argv[2]))
