"""
What from_pretrained reports of checkpoints that hold something else than config.json says: missing, unexpected and
mismatched tensors, for test/unit/core/model/structureNotes.test.ts. Writes
test/fixtures/structure/notes.json.gz; --check compares instead.

    python tools/parity/structure_notes_reference.py [--check]
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import structure_file
import torch
from reference_file import main
from safetensors.torch import save_file
from structure_dense_odd_cases import SMALL
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel

Tensors = dict[str, torch.Tensor]
GPT2 = {"model_type": "gpt2", "vocab_size": 96, "n_embd": 48, "n_layer": 2, "n_head": 6, "n_positions": 32}
CONFIGS: dict[str, dict[str, Any]] = {
    "llama": {"model_type": "llama", **SMALL},
    "llama tied": {"model_type": "llama", **SMALL, "tie_word_embeddings": True},
    "phi3": {"model_type": "phi3", **SMALL, "pad_token_id": 3},
    "gemma3": {"model_type": "gemma3_text", **SMALL, "num_key_value_heads": 2},
    "gpt2": GPT2,
    "gpt_neox": {"model_type": "gpt_neox", **SMALL},
    "opt": {"model_type": "opt", **SMALL},
}


def _plain(model: PreTrainedModel) -> Tensors:
    """As save_pretrained writes it: of weights that are one, the first."""
    names = [name for name, _ in model.named_parameters()]
    return {name: tensor.clone() for name, tensor in model.state_dict().items() if name in names}


def _every(model: PreTrainedModel) -> Tensors:
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def _head_only(model: PreTrainedModel) -> Tensors:
    """Of weights that are one, the output embeddings."""
    embeddings = next(name for name, value in model.named_parameters() if value is model.get_input_embeddings().weight)
    return {name: tensor for name, tensor in _every(model).items() if name != embeddings}


def _base_alone(model: PreTrainedModel) -> Tensors:
    return {name: tensor.clone() for name, tensor in model.base_model.state_dict().items()}


def _prefixed(model: PreTrainedModel) -> Tensors:
    """With the prefix once more."""
    return {f"{model.base_model_prefix}.{name}": tensor for name, tensor in _plain(model).items()}


def _frequencies(model: PreTrainedModel) -> Tensors:
    more = {f"model.layers.{index}.self_attn.rotary_emb.inv_freq": torch.zeros(4) for index in range(2)}
    return {**_plain(model), **more}


def _masks(model: PreTrainedModel) -> Tensors:
    base = {name.removeprefix("transformer."): tensor for name, tensor in _plain(model).items()}
    more = {f"h.{index}.attn.bias": torch.zeros(1, 1, 4, 4) for index in range(2)}
    other = {f"gpt_neox.layers.{index}.attention.masked_bias": torch.zeros(1) for index in range(2)}
    return {**base, **more, **other, "h.0.attn.other": torch.zeros(2)}


def _positions(model: PreTrainedModel) -> Tensors:
    return {**_plain(model), "model.position_ids": torch.zeros(2), "model.embeddings.position_ids": torch.zeros(2)}


def _broken(model: PreTrainedModel) -> Tensors:
    """One missing, one renamed, one of another size, one of another number of dimensions, one more."""
    tensors = _plain(model)
    names = list(tensors)
    del tensors[names[1]]
    tensors["something.else"] = tensors.pop(names[2])
    tensors[names[3]] = tensors[names[3]].repeat(2, *[1] * (tensors[names[3]].dim() - 1))
    tensors[names[4]] = tensors[names[4]].reshape(-1)
    tensors[names[5]] = tensors[names[5]].unsqueeze(0)
    tensors["model.layers.7.mlp.up_proj.weight"] = torch.zeros(2, 2)
    return tensors


def _old_head(model: PreTrainedModel) -> Tensors:
    return {name.replace("lm_head.", "embed_out."): tensor for name, tensor in _plain(model).items()}


EDITS: tuple[Callable[[PreTrainedModel], Tensors], ...] = (
    _plain,
    _every,
    _head_only,
    _base_alone,
    _prefixed,
    _frequencies,
    _masks,
    _positions,
    _broken,
    _old_head,
)


def _reference() -> dict[str, Any]:
    return {f"{name}: {edit.__name__[1:]}": told for name in CONFIGS for edit, told in _of(CONFIGS[name])}


def _of(config: dict[str, Any]) -> Iterator[tuple[Callable[[PreTrainedModel], Tensors], dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "config.json").write_text(json.dumps(config), encoding="utf-8")
        torch.manual_seed(0)
        model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(place))
        for edit in EDITS:
            tensors = {name: tensor.contiguous() for name, tensor in edit(model).items()}
            save_file(tensors, place / "model.safetensors", metadata={"format": "pt"})
            yield edit, {"config": config, "tensors": _headers(tensors), **_report(place)}


def _headers(tensors: Tensors) -> list[list[Any]]:
    return [[name, list(tensor.shape)] for name, tensor in tensors.items()]


def _report(place: Path) -> dict[str, list[str]]:
    _, report = AutoModelForCausalLM.from_pretrained(place, output_loading_info=True, ignore_mismatched_sizes=True)
    return {
        "missing": sorted(report["missing_keys"]),
        "unexpected": sorted(report["unexpected_keys"]),
        "mismatched": sorted(mismatched[0] for mismatched in report["mismatched_keys"]),
    }


if __name__ == "__main__":
    structure_file.to_structures()
    main("notes.json.gz", _reference)
