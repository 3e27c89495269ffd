"""Train the tiny base model on the corpus, on a GPU, and write it in fp16.

    python train_base.py --tokenizer ../../samples/yoda/base --out out/base

One H100 or H200 takes about two minutes. Same seed, same text; weights differ in the last bits between GPUs.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import GenerationConfig, Phi3Config, Phi3ForCausalLM

from corpus import documents

ROW = 192
IGNORED = -100
log = logging.getLogger("train_base")


def excluded_sentences(samples: Path) -> frozenset[str]:
    """The fine-tuning rows and the held-out sentences: the base must not have read either."""
    lines = [
        line for name in ("yoda.jsonl", "held_out.jsonl") for line in (samples / name).read_text("utf-8").splitlines()
    ]
    return frozenset(json.loads(line)["sentence"] for line in lines)


def rows(seed: int, count: int, tokenizer_file: str, master_share: float, excluded: frozenset[str]) -> np.ndarray:
    """`count` rows of whole documents, shape [count, ROW], filled up with -1."""
    tokenizer = Tokenizer.from_file(tokenizer_file)
    made = np.full((count, ROW), -1, dtype=np.int16)
    source = documents(seed, master_share, excluded)
    carried: list[int] = []
    for row in made:
        filled = 0
        while filled + len(carried) <= ROW:
            row[filled : filled + len(carried)] = carried
            filled += len(carried)
            carried = tokenizer.encode(next(source), add_special_tokens=False).ids
            while len(carried) > ROW:
                carried = tokenizer.encode(next(source), add_special_tokens=False).ids
    return made


def config_of(tokenizer: Tokenizer) -> Phi3Config:
    def token(mark: str) -> int:
        return tokenizer.token_to_id(mark)

    # Hidden and intermediate sizes are multiples of 64: NF4's block.
    return Phi3Config(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=256,
        intermediate_size=704,
        num_hidden_layers=6,
        num_attention_heads=8,
        num_key_value_heads=8,
        max_position_embeddings=1024,
        original_max_position_embeddings=1024,
        sliding_window=None,
        tie_word_embeddings=False,
        bos_token_id=token("<s>"),
        eos_token_id=token("<|endoftext|>"),
        pad_token_id=token("<|endoftext|>"),
    )


def train(model: Phi3ForCausalLM, data: torch.Tensor, steps: int, batch: int, rate: float, seed: int) -> None:
    decayed = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    others = [parameter for parameter in model.parameters() if parameter.dim() <= 1]
    groups = [{"params": decayed, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95), fused=True)
    warmup = 200
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / warmup, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, step / steps))))
    )
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(data), generator=generator)
    began = time.time()
    for step in range(steps):
        start = step * batch % (len(data) - batch)
        ids = data[order[start : start + batch]].to("cuda").long()
        labels = ids.masked_fill(ids < 0, IGNORED)
        with torch.autocast("cuda", torch.bfloat16):
            logits = model(input_ids=ids.clamp(min=0)).logits
        loss = torch.nn.functional.cross_entropy(
            logits[:, :-1].flatten(0, 1).float(), labels[:, 1:].flatten(), ignore_index=IGNORED
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 250 == 0 or step == steps - 1:
            log.info("step %d loss %.4f seconds %.0f", step, loss.item(), time.time() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder with tokenizer.json")
    parser.add_argument("--samples", type=Path, default=Path(__file__).parents[2] / "samples/yoda")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=448_000)
    parser.add_argument("--steps", type=int, default=3_500)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--learning-rate", type=float, default=2e-3)
    parser.add_argument("--master-share", type=float, default=0.06)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.manual_seed(arguments.seed)
    file = str(arguments.tokenizer / "tokenizer.json")
    excluded = excluded_sentences(arguments.samples)
    # 64 parts whatever the number of workers, so that the text doesn't depend on the machine.
    parts = 64
    with ProcessPoolExecutor(arguments.workers) as pool:
        share = arguments.rows // parts
        jobs = [
            pool.submit(rows, arguments.seed * 1_000 + part, share, file, arguments.master_share, excluded)
            for part in range(parts)
        ]
        data = torch.from_numpy(np.concatenate([job.result() for job in jobs]))
    log.info("%d rows, %d tokens", len(data), int((data >= 0).sum()))
    tokenizer = Tokenizer.from_file(file)
    config = config_of(tokenizer)
    model = Phi3ForCausalLM(config).cuda()
    log.info("%d parameters", model.num_parameters())
    train(model, data, arguments.steps, arguments.batch, arguments.learning_rate, arguments.seed)
    ends = [tokenizer.token_to_id(mark) for mark in ("<|endoftext|>", "<|assistant|>", "<|end|>")]
    model.generation_config = GenerationConfig(
        bos_token_id=config.bos_token_id, eos_token_id=ends, pad_token_id=config.pad_token_id
    )
    model.half().save_pretrained(arguments.out)


if __name__ == "__main__":
    main()
