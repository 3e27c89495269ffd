"""The recipes of tools/parity/labels_reference.py: tokenizers, templates, settings."""

import json
from dataclasses import dataclass, field
from typing import Any

TEMPLATES = "test/fixtures/templates"
MARKED = "trainer/src/tunebook_trainer/templates"


@dataclass(frozen=True)
class Case:
    """tokenizer: a folder of test/fixtures/tokenizers, or yoda. template: None for the tokenizer's own."""

    tokenizer: str
    template: str | None
    rows: str
    data: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        template = "own" if self.template is None else self.template.rsplit("/", 1)[1].removesuffix(".jinja")
        settings = ", ".join(f"{key}: {_told(value)}" for key, value in {**self.data, **self.sections}.items())
        return f"{self.tokenizer} with {template} on {self.rows}" + (f", {settings}" if settings else "")


def _told(value: Any) -> str:
    """As a recipe writes it."""
    return ", ".join(f"{key} {item}" for key, item in value.items()) if isinstance(value, dict) else json.dumps(value)


def _plain(name: str) -> str:
    return f"{TEMPLATES}/{name}.jinja"


def _marked(name: str) -> str:
    return f"{MARKED}/{name}.jinja"


ASSISTANT = {"assistant_only_loss": True}
COMPLETION = {"completion_only_loss": True}


def _packed(strategy: str, length: int, **more: Any) -> dict[str, Any]:
    return {"packing": True, "packing_strategy": strategy, "max_length": length, **more}


CASES = [
    Case("yoda", None, "yoda", _packed("wrapped", 64), {"memory": {"per_device_train_batch_size": 8}}),
    Case("yoda", None, "pairs"),
    Case("yoda", None, "pairs", {**ASSISTANT, "max_length": 40}),
    Case("yoda", None, "chats", {**ASSISTANT, "max_length": 24}),
    Case("yoda", None, "pairs", {**COMPLETION, "max_length": 120}, {"system_prompt": "Be brief, {name}."}),
    Case("yoda", None, "pairs", {**COMPLETION, **ASSISTANT}),
    Case("yoda", None, "pairs", _packed("bfd", 48)),
    Case("yoda", None, "pairs", _packed("bfd_split", 16), {"training": {"seed": 7}}),
    Case("yoda", None, "many", _packed("wrapped", 100), {"training": {"data_seed": 2**33 + 5}}),
    Case("yoda", None, "many", _packed("bfd", 20), {"training": {"seed": 0}}),
    Case("yoda", None, "many", {"max_length": 16}, {"eval_split": 0.2, "shuffle": True, "limit": 150}),
    Case("llama3", _marked("llama3"), "chats", ASSISTANT),
    Case("llama3", _plain("trl_llama3"), "chats", ASSISTANT),
    Case("llama3", _plain("trl_llama3_2"), "tools"),
    Case("llama-class", _plain("llama2"), "chats"),
    Case("llama-class", _plain("llama2"), "no systems", _packed("wrapped", 40), {"system_prompt": "Answer in Latin."}),
    Case("llama-class", _plain("mistral_v0_1"), "no systems", {**ASSISTANT, "max_length": 100}),
    Case("llama-class", _plain("zephyr"), "chats", {**ASSISTANT, **_packed("bfd_split", 50)}),
    Case("llama-class", _plain("mistral_v0_3_tools"), "tools"),
    Case("llama-legacy-class", _plain("trl_phi3_5"), "chats", ASSISTANT),
    Case("llama-legacy-class", _plain("tinyllama"), "chats", COMPLETION),
    Case("qwen", _marked("qwen2_5"), "chats", {**ASSISTANT, **_packed("bfd", 60)}),
    Case("qwen", _plain("trl_qwen2_5"), "chats", {**ASSISTANT, "max_length": 90}),
    Case("qwen", _plain("trl_qwen3"), "chats", COMPLETION),
    Case("qwen", _plain("trl_qwen3"), "tools", {"max_length": None}),
    Case("qwen", _plain("qwen3_coder_tools"), "tools", _packed("wrapped", 30)),
    Case("qwen", _plain("trl_qwen3_training"), "tools", ASSISTANT),
    Case("qwen3_5-class", _plain("chatml"), "chats", COMPLETION, {"eos_token": "<|im_end|>"}),
    Case("gpt2", _plain("smollm2"), "chats", ASSISTANT),
    Case("gpt2-class", _plain("hermes_tools"), "tools", {"max_length": 100}),
    Case("gpt2-class", _plain("granite3"), "chats", _packed("bfd_split", 64)),
    Case("neox-class", _plain("olmo2"), "chats", {**COMPLETION, "max_length": 128}),
    Case("cl100k", _plain("phi4"), "chats", {**ASSISTANT, "max_length": 128}),
    Case("cl100k", _marked("phi4_mini"), "chats", _packed("wrapped", 77)),
    Case("gemma-class", _plain("trl_gemma"), "no systems", {**ASSISTANT, "max_length": 100}),
    Case("gemma-class", _plain("trl_gemma3"), "chats", _packed("bfd", 128)),
    Case("cohere-class", _plain("trl_cohere"), "chats", ASSISTANT),
    Case("cohere-class", _plain("trl_cohere2"), "chats"),
    Case("unigram-precompiled", _plain("trl_deepseekv3"), "chats", _packed("wrapped", 96)),
    Case("unigram-bytes", _marked("gemma3"), "no systems", ASSISTANT),
    Case("xlm-roberta-class", _plain("trl_deepseek_r1_distill"), "chats", COMPLETION),
    Case("bert-uncased", _plain("chatml"), "chats", _packed("wrapped", 32)),
    Case("bert-cased", _marked("chatml"), "pairs", ASSISTANT),
    Case("word-level", _plain("vicuna"), "no systems", {}, {"eos_token": "</s>"}),
    Case("roberta-class", _plain("yi"), "chats", {**ASSISTANT, "max_length": 120}),
    Case("metaspace-first", _plain("trl_phi3"), "chats", ASSISTANT),
    Case("metaspace-old", _marked("phi3"), "chats", {**ASSISTANT, **_packed("wrapped", 90)}),
    Case("clip", _plain("trl_llama3_1"), "chats", ASSISTANT),
    Case("roberta-class", _plain("mixtral"), "no systems", COMPLETION),
]
