"""Mixtures of experts: adapters on fused experts are trained and saved, whatever the libraries forget of a family."""

import sys
from pathlib import Path

import pytest
from conftest import ROWS
from in_process import InProcess
from recipes import NF4, STEPS, recipe
from tiny_base import make_tokenizer, write_rows
from trainer_process import of_type, only

sys.path.append(str(Path(__file__).parents[2] / "tools" / "parity"))

from structure_small_cases import SMALL

LAYERS = 2
BOTH = ["experts.gate_up_proj", "experts.down_proj"]
# Layers with experts: the first of DeepSeek's is dense.
SPARSE = {"mixtral": 2, "olmoe": 2, "granitemoe": 2, "phimoe": 2, "gpt_oss": 2, "deepseek_v3": 1, "llama4_text": 2}


@pytest.fixture
def here(tmp_path: Path) -> InProcess:
    (tmp_path / "run").mkdir()
    write_rows(tmp_path / "rows.jsonl", ROWS)
    (tmp_path / "test.tune.yaml").write_text("model:\n  model_name_or_path: ./base\n", encoding="utf-8")
    return InProcess(tmp_path / "run")


def make_base(folder: Path, kind: str) -> None:
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    values = SMALL[kind] | {"vocab_size": 320, "max_position_embeddings": 512, "eos_token_id": 2, "bos_token_id": 1}
    torch.manual_seed(0)
    config = AutoConfig.for_model(**values)
    AutoModelForCausalLM.from_config(config).to(torch.bfloat16).save_pretrained(folder)
    make_tokenizer().save_pretrained(folder)


@pytest.mark.parametrize("kind", SPARSE)
def test_fused_experts_are_trained_and_saved(here: InProcess, tmp_path: Path, kind: str) -> None:
    make_base(tmp_path / "base", kind)
    section = {"target_modules": ["o_proj"], "target_parameters": BOTH, "lora_dropout": 0.0}
    events = here.run(
        STEPS,
        recipe(
            tmp_path,
            model={"quantization_config": NF4, "dtype": "bfloat16"},
            lora=section,
            train={"memory": {"gradient_checkpointing": True}, "training": {"max_steps": 2}},
        ),
    )
    assert of_type(events, "stepFailed") == []
    trainable = only(events, "trainable")
    assert trainable["targetModules"] == ["down_proj", "gate_up_proj", "o_proj"]
    assert trainable["targetedLayers"] == LAYERS + len(BOTH) * SPARSE[kind]
    saved = {file["path"]: file for file in only(events, "saved")["files"]}
    assert saved["adapter_model.safetensors"]["bytes"] == trainable["adapterBytes"]
    loaded, prepared = of_type(events, "structure")
    assert [module["name"] for module in prepared["modules"]] == [module["name"] for module in loaded["modules"]]
    targets = [module["name"] for module in prepared["modules"] if module["target"]]
    assert len(targets) == LAYERS + SPARSE[kind]


def test_the_base_is_whole_again_after_a_training(here: InProcess, tmp_path: Path) -> None:
    """PEFT wraps the wrapper of the first parameter for the second: taken out both, a module held itself."""
    make_base(tmp_path / "base", "mixtral")
    section = {"target_modules": ["q_proj"], "target_parameters": BOTH, "lora_dropout": 0.0}
    steps = STEPS[: STEPS.index("train") + 1]
    short = {"training": {"max_steps": 1}}
    events = here.run(steps, recipe(tmp_path, lora=section, train=short))
    again = here.run(steps[1:], recipe(tmp_path, lora=section, train=short))
    assert of_type(events, "stepFailed") == of_type(again, "stepFailed") == []
    losses = [[event["loss"] for event in of_type(told, "metrics") if "loss" in event] for told in (events, again)]
    assert losses[0] == losses[1] != []


@pytest.mark.parametrize("kind", ["phimoe", "llama4_text"])
def test_an_adapter_on_a_router_is_refused_in_words(here: InProcess, tmp_path: Path, kind: str) -> None:
    """all-linear takes routers made of nn.Linear too, whose forward gives a tuple: torch would say AttributeError."""
    make_base(tmp_path / "base", kind)
    told = here.run(["model", "lora"], recipe(tmp_path, lora={"target_modules": "all-linear"}))
    failure = only(told, "stepFailed")["failure"]
    assert failure["kind"] == "noTargetModules"
    assert "exclude_modules: [router]" in failure["message"]
    fixed = {"target_modules": "all-linear", "exclude_modules": ["router"]}
    assert of_type(here.run(["model", "lora"], recipe(tmp_path, lora=fixed)), "stepFailed") == []
