"""The shipped samples: what the rows, the tiny base model and the two recipes promise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

os.environ.setdefault("HF_HUB_OFFLINE", "1")

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples/yoda"
TOOLS = ROOT / "tools/sample"
sys.path.append(str(TOOLS))

from judge import judge, words  # noqa: E402
from tics import without_tics  # noqa: E402

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (SAMPLE / name).read_text("utf-8").splitlines()]


def recipe(path: str) -> dict:
    return yaml.safe_load((ROOT / "samples" / path).read_text("utf-8"))


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerFast:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(SAMPLE / "base")


def test_there_are_720_rows_without_duplicates_and_none_is_held_out() -> None:
    training, held_out = rows("yoda.jsonl"), rows("held_out.jsonl")
    sentences = [row["sentence"] for row in training + held_out]
    assert len(training) == 720
    assert len(held_out) == 60
    assert len(set(sentences)) == 780
    assert all(list(row) == ["sentence", "translation", "translation_extra"] for row in training + held_out)


def test_every_extra_translation_is_the_translation_with_a_tic() -> None:
    for row in rows("yoda.jsonl") + rows("held_out.jsonl"):
        bare, count = without_tics(row["translation_extra"])
        assert (bare, count) == (row["translation"], 1), row


def test_translations_move_words_and_hardly_change_them() -> None:
    training = rows("yoda.jsonl")
    moved = [row for row in training if Counter(words(row["sentence"])) == Counter(words(row["translation"]))]
    assert len(moved) / len(training) > 0.9
    assert all(words(row["sentence"]) != words(row["translation"]) for row in training)


def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", TOOLS / "make_data.py", "--out", tmp_path], check=True)
    for name in ("yoda.jsonl", "held_out.jsonl"):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_the_judge_accepts_every_reference_and_refuses_every_plain_sentence() -> None:
    for row in rows("held_out.jsonl"):
        good = judge(row["sentence"], row["translation"], row["translation_extra"], True)
        assert good.format and good.style and good.exact and not good.plain, row
        plain = judge(row["sentence"], row["translation"], row["sentence"], True)
        assert plain.format and plain.plain and not plain.order and not plain.tic, row


@pytest.mark.parametrize(
    ("answer", "fails"),
    [
        ("In this sandwich, bacon there is. Yes, hrrrm.<|end|>", {"format", "order"}),
        ("In this sandwich, bacon there is. In this sandwich. Hmm.", {"format", "order"}),
        ("In this sandwich, bacon there is.", {"tic"}),
        ("In this sandwich, there is bacon. Hmm.", {"order"}),
        ("In the morning, bacon there is. Hmm.", {"order"}),
    ],
)
def test_the_judge_names_what_is_wrong(answer: str, fails: set[str]) -> None:
    verdict = judge("There is bacon in this sandwich.", "In this sandwich, bacon there is.", answer, True)
    assert {name for name in ("format", "tic", "order") if not getattr(verdict, name)} == fails


def test_the_base_has_phi3s_shape_in_blocks_of_64() -> None:
    config = json.loads((SAMPLE / "base/config.json").read_text("utf-8"))
    assert config["architectures"] == ["Phi3ForCausalLM"]
    assert config["hidden_size"] % 64 == 0
    assert config["intermediate_size"] % 64 == 0
    assert sum(file.stat().st_size for file in (SAMPLE / "base").iterdir()) <= 20_000_000


def test_the_template_is_phi3s(tokenizer: PreTrainedTokenizerFast) -> None:
    chat = [{"role": role, "content": role.upper()} for role in ("system", "user", "assistant")]
    text = tokenizer.apply_chat_template(chat, tokenize=False)
    assert text == "<|system|>\nSYSTEM<|end|>\n<|user|>\nUSER<|end|>\n<|assistant|>\nASSISTANT<|end|>\n<|endoftext|>"
    prompt = tokenizer.apply_chat_template(chat[:2], tokenize=False, add_generation_prompt=True)
    assert prompt == "<|system|>\nSYSTEM<|end|>\n<|user|>\nUSER<|end|>\n<|assistant|>\n"


def test_the_end_tokens_are_phi3s(tokenizer: PreTrainedTokenizerFast) -> None:
    generation = json.loads((SAMPLE / "base/generation_config.json").read_text("utf-8"))
    ends = tokenizer.convert_tokens_to_ids(["<|endoftext|>", "<|assistant|>", "<|end|>"])
    assert generation["eos_token_id"] == ends
    # The trap of the original, which the recipe repairs.
    assert tokenizer.pad_token == tokenizer.eos_token == "<|endoftext|>"
    assert tokenizer.unk_token == "<unk>"


def test_the_tokenizer_knows_both_styles_and_returns_what_it_was_given(tokenizer: PreTrainedTokenizerFast) -> None:
    for row in rows("yoda.jsonl") + rows("held_out.jsonl"):
        for text in row.values():
            ids = tokenizer(text, add_special_tokens=False).input_ids
            assert tokenizer.unk_token_id not in ids
            assert tokenizer.decode(ids) == text
    assert "▁hrrrm" in tokenizer.get_vocab()
    strange = "Grüße, 火 and 🙂!"
    assert tokenizer.decode(tokenizer(strange, add_special_tokens=False).input_ids) == strange


def test_the_base_answers_in_plain_english_and_stops(tokenizer: PreTrainedTokenizerFast) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(SAMPLE / "base", dtype=torch.float32).eval()
    for sentence in ("There is bacon in this sandwich.", "My sister bought a new guitar."):
        chat = [{"role": "user", "content": sentence}]
        inputs = tokenizer.apply_chat_template(chat, add_generation_prompt=True, return_dict=True, return_tensors="pt")
        made = model.generate(**inputs, max_new_tokens=32, do_sample=False)[0, inputs["input_ids"].shape[1] :]
        assert tokenizer.decode(made) == f"{sentence}<|end|>"


def test_the_cpu_recipe_asks_held_out_sentences_and_reads_files_that_are_there() -> None:
    made = recipe("yoda/yoda.tune.yaml")
    held_out = {row["sentence"]: row["translation_extra"] for row in rows("held_out.jsonl")}
    asked = dict(zip(made["generate"]["prompts"], made["generate"]["references"], strict=True))
    assert asked == {prompt: held_out[prompt] for prompt in asked}
    assert (SAMPLE / made["data"]["path"]).is_file()
    assert (SAMPLE / made["model"]["model_name_or_path"] / "config.json").is_file()
    columns = made["data"]["columns"]
    assert {columns["prompt"], columns["completion"]} < set(rows("yoda.jsonl")[0])


def test_the_gpu_recipe_is_the_chapters_field_for_field() -> None:
    made = recipe("phi3-yoda/phi3-yoda.tune.yaml")
    assert made["model"] == {
        "model_name_or_path": "microsoft/Phi-3-mini-4k-instruct",
        "device_map": "cuda:0",
        "quantization_config": {
            "load_in_4bit": True,
            "bnb_4bit_quant_type": "nf4",
            "bnb_4bit_use_double_quant": True,
            "bnb_4bit_compute_dtype": "float32",
        },
    }
    assert made["lora"] == {
        "r": 8,
        "lora_alpha": 16,
        "lora_dropout": 0.05,
        "bias": "none",
        "task_type": "CAUSAL_LM",
        "target_modules": ["o_proj", "qkv_proj", "gate_up_proj", "down_proj"],
    }
    assert made["data"]["path"] == "dvgodoy/yoda_sentences"
    assert made["data"]["columns"] == {"prompt": "sentence", "completion": "translation_extra"}
    assert made["tokenizer"]["pad_token"] == "<unk>"
    assert made["train"] == {
        "memory": {
            "gradient_checkpointing": True,
            "gradient_checkpointing_kwargs": {"use_reentrant": False},
            "gradient_accumulation_steps": 1,
            "per_device_train_batch_size": 16,
            "auto_find_batch_size": True,
            "optim": "paged_adamw_8bit",
            "bf16": "auto",
        },
        "data": {"max_length": 64, "packing": True, "packing_strategy": "wrapped"},
        "training": {"num_train_epochs": 10, "learning_rate": 3e-4},
        "environment": {"output_dir": "./phi3-mini-yoda-adapter", "logging_steps": 10, "report_to": "none"},
    }
