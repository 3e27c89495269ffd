"""Measure the base model and adapters on the held-out sentences, and print a markdown table.

    python evaluate.py --base ../../samples/yoda/base --held-out ../../samples/yoda/held_out.jsonl [--nf4] ADAPTER...

The adapters may come from any run of any trainer that saves PEFT's form. `--nf4` loads the base as the recipe does.
`--answers FILE` writes every answer with its verdict as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    set_seed,
)
from transformers.utils import logging

from judge import Verdict, judge

COLUMNS = ("format", "order", "tic", "style", "stopped", "right", "exact", "plain")
Row = dict[str, str]


def load(base: Path, nf4: bool) -> PreTrainedModel:
    if not nf4:
        return AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32).eval()
    import bitsandbytes

    quantized = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.float32,
    )
    model = AutoModelForCausalLM.from_pretrained(
        base, quantization_config=quantized, device_map="cpu", dtype=torch.float32
    )
    for module in model.modules():
        # bitsandbytes 0.50.2 repacks weights in place on CPUs with AVX512_BF16 (Linear4bit.forward in eval mode); the
        # same answers must come from every machine.
        if isinstance(module, bitsandbytes.nn.Linear4bit):
            module.support_avx512bf16_for_cpu = False
    return model.eval()


@torch.inference_mode()
def answer(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompt: str, sampled: bool, limit: int
) -> tuple[str, bool]:
    """The answer without its end token, special tokens otherwise shown, and whether it ended by itself."""
    chat = [{"role": "user", "content": prompt}]
    inputs = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=True, return_tensors="pt")
    options = {"do_sample": True, "temperature": 0.7, "top_p": 0.9, "top_k": 50} if sampled else {"do_sample": False}
    made = model.generate(**inputs, max_new_tokens=limit, pad_token_id=tokenizer.unk_token_id, **options)
    new = made[0, inputs["input_ids"].shape[1] :].tolist()
    ends = model.generation_config.eos_token_id
    stopped = new[-1] in (ends if isinstance(ends, list) else [ends])
    return tokenizer.decode(new[:-1] if stopped else new, skip_special_tokens=False).strip(), stopped


def measure(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, rows: list[Row], sampled: bool, limit: int
) -> list[tuple[str, Verdict]]:
    set_seed(42)
    made = []
    for row in rows:
        text, stopped = answer(model, tokenizer, row["sentence"], sampled, limit)
        made.append((text, judge(row["sentence"], row["translation"], text, stopped)))
    return made


def table_row(name: str, mode: str, results: list[tuple[str, Verdict]]) -> str:
    shares = [sum(getattr(verdict, column) for _, verdict in results) / len(results) for column in COLUMNS]
    return "| " + " | ".join([name, mode, *(f"{share:.0%}" for share in shares)]) + " |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adapters", type=Path, nargs="*")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--nf4", action="store_true")
    parser.add_argument("--max-new-tokens", type=int, default=64)
    parser.add_argument("--answers", type=Path)
    arguments = parser.parse_args()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    rows: list[Row] = [json.loads(line) for line in arguments.held_out.read_text("utf-8").splitlines()]
    tokenizer = AutoTokenizer.from_pretrained(arguments.base)
    model = load(arguments.base, arguments.nf4)
    sys.stdout.write("| model | mode | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 2) + "|\n")
    kept = []

    def report(name: str, measured: PreTrainedModel) -> None:
        for mode in ("greedy", "sampled"):
            results = measure(measured, tokenizer, rows, mode == "sampled", arguments.max_new_tokens)
            sys.stdout.write(table_row(name, mode, results))
            sys.stdout.flush()
            kept.extend({"model": name, "mode": mode, "answer": text, **row, **asdict(verdict)}
                        for row, (text, verdict) in zip(rows, results, strict=True))  # fmt: skip

    report("base", model)
    if arguments.adapters:
        from peft import PeftModel

        tuned: PeftModel | None = None
        for index, adapter in enumerate(arguments.adapters):
            if tuned is None:
                tuned = PeftModel.from_pretrained(model, str(adapter), adapter_name=str(index))
            else:
                tuned.load_adapter(str(adapter), adapter_name=str(index))
            tuned.set_adapter(str(index))
            report(f"tuned ({adapter.name})", tuned.eval())
    if arguments.answers:
        arguments.answers.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in kept), "utf-8")


if __name__ == "__main__":
    main()
