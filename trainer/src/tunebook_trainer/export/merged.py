"""Base and adapter as one model in 16-bit safetensors, proved by a process that loads nothing else."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..atomic_folder import replaced_folder
from ..environment import installed_versions
from ..file_facts import file_facts
from ..memory import release
from ..model_class import model_class
from ..output_lock import locked
from ..tokenizer_files import write_tokenizer
from . import bases
from .answers import Asked, asked, difference, greedy, logits
from .card import card, write_card
from .merging import attach, dtypes_of, merge, untie
from .reload import prove
from .room import measure
from .source import Source
from .targets import MANIFEST, owned_names, written_names
from .telling import RefusedError, Telling
from .tokenizers import copy_from_base, load_tokenizer

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel

# transformers' own default since 5: files that any file system and the Hub take.
SHARD = "5GB"


@dataclass(frozen=True)
class Spoken:
    answers: list[list[int]]
    logits: "list[torch.Tensor]"


def export_merged(source: Source, kind: str, target: Path, device_map: str, tell: Telling) -> dict[str, Any]:
    """kind: "original" or "dequantised". Returns the fields of `exported`."""
    config = bases.read_config(source)
    if kind == "dequantised" and not source.quantized:
        raise RefusedError("notQuantized" if source.run_known else "unknownQuantization")
    device, plan = measure(bases.parameter_count(config, source), device_map, target)
    tell.emit("plan", base=source.base, kind=kind, directory=str(target), **plan)
    tokenizer, tokenizer_folder = load_tokenizer(source)
    with tempfile.TemporaryDirectory(prefix="tunebook-export-") as scratch:
        tell.progress("Loading the model as it was trained")
        tuned: Any = attach(bases.as_trained(source, config, device), source.adapter)
        what = asked(tokenizer, source.prompts, source.system_prompt, _eos_ids(tuned), source.max_new_tokens)
        answers = greedy(tuned, what, lambda number, total: tell.progress("Asking the tuned model", number, total))
        trained = Spoken(answers, logits(tuned, what.prompts, answers))
        del tuned
        release()
        tell.progress("Merging the adapter into the base model")
        model, untied = _merged(source, config, kind, device)
        answers = greedy(model, what, lambda number, total: tell.progress("Asking the merged model", number, total))
        proof = {
            "trained": difference(trained.logits, logits(model, what.prompts, trained.answers)),
            "sameAnswers": sum(one == other for one, other in zip(trained.answers, answers, strict=True)),
        }
        merged = Spoken(answers, logits(model, what.prompts, answers))
        shown = [
            {
                "prompt": prompt,
                "trained": tokenizer.decode(before, skip_special_tokens=True),
                "exported": tokenizer.decode(after, skip_special_tokens=True),
            }
            for prompt, before, after in zip(source.prompts, trained.answers, answers, strict=True)
        ]
        auto = model_class(config, source.base).__name__
        owned = owned_names(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = target.with_name(f".{target.name}.lock")
        run = source.run_directory or source.adapter.folder
        with locked(lock, target, run, []), replaced_folder(target, owned) as folder:
            tell.progress("Writing the merged model")
            _write(model, what, folder)
            write_tokenizer(tokenizer, folder, tokenizer_folder)
            copy_from_base(source, tokenizer, folder)
            del model
            release()
            tell.progress("Loading the export in a fresh process")
            texts = (source.prompts, source.system_prompt)
            given = (merged.answers, merged.logits)
            trusted = source.section["trust_remote_code"]
            proof["reloaded"] = prove(folder, Path(scratch), what, texts, given, str(device), trusted)
            write_card(folder, card(source, kind, proof, shown, auto))
            made = {"to": "merged", "kind": kind, "base": source.base, "untied": untied, "proof": proof}
            made["quantized"] = source.quantized
            made["answers"] = shown
            made["files"] = [file_facts(folder / name, name) for name in written_names(folder)]
            manifest = {"format": 1, **made, "adapter": _adapter_facts(source), "versions": installed_versions()}
            (folder / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return {**made, "directory": str(target)}


def _merged(source: Source, config: Any, kind: str, device: "torch.device") -> "tuple[PreTrainedModel, bool]":
    load = bases.dequantised if kind == "dequantised" else bases.in_16_bits
    model = load(source, config, device)
    untied = untie(model, source.adapter)
    dtypes = dtypes_of(model)
    return merge(attach(model, source.adapter), dtypes), untied


def _write(model: "PreTrainedModel", what: Asked, folder: Path) -> None:
    generation: Any = model.generation_config
    # A consumer knows no template's end of turn: with it here the model stops by itself everywhere.
    generation.eos_token_id = what.stop_ids or None
    if not generation.do_sample:
        # They have no part in a greedy answer, and transformers refuses to write them beside it.
        generation.temperature = generation.top_p = generation.top_k = None
    model.save_pretrained(folder, max_shard_size=SHARD)
    for path in folder.glob("*.safetensors"):
        # safetensors leaves its file readable to the owner alone (mode 0600), whatever the umask.
        path.chmod((folder / "config.json").stat().st_mode)


def _eos_ids(model: Any) -> list[int]:
    ids = model.generation_config.eos_token_id
    return [] if ids is None else list(ids) if isinstance(ids, (list, tuple)) else [ids]


def _adapter_facts(source: Source) -> dict[str, Any]:
    return file_facts(source.adapter.folder / "adapter_model.safetensors", str(source.adapter.folder))
