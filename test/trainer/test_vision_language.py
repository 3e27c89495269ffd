"""Vision-language models are trained on text, whichever class of transformers has them."""

import json
from pathlib import Path

import pytest
from conftest import ROWS
from in_process import InProcess
from recipes import NF4, STEPS, recipe
from tiny_base import write_rows
from tiny_vision import CONFIGS, TEXT, make_vision_base
from trainer_process import of_type, only

LAYERS = TEXT["num_hidden_layers"]
ARCHITECTURES = {
    "gemma3": "Gemma3ForConditionalGeneration",
    "qwen2_5_vl": "Qwen2_5_VLForConditionalGeneration",
    "llava": "LlavaForConditionalGeneration",
    "mistral3": "Mistral3ForConditionalGeneration",
    "smolvlm": "SmolVLMForConditionalGeneration",
}
# The decoder's layers alone: q_proj is the name of vision layers too in most of these families.
DECODER = r".*(language_model|text_model)\.layers\.\d+\.self_attn\.(q|v)_proj"


@pytest.fixture
def here(tmp_path: Path) -> InProcess:
    (tmp_path / "run").mkdir()
    write_rows(tmp_path / "rows.jsonl", ROWS)
    (tmp_path / "test.tune.yaml").write_text("model:\n  model_name_or_path: ./base\n", encoding="utf-8")
    return InProcess(tmp_path / "run")


@pytest.mark.parametrize("kind", CONFIGS)
def test_the_text_part_is_trained_and_saved(here: InProcess, tmp_path: Path, kind: str) -> None:
    make_vision_base(tmp_path / "base", kind)
    events = here.run(
        STEPS,
        recipe(
            tmp_path,
            model={"quantization_config": NF4},
            lora={"target_modules": DECODER},
            train={"memory": {"gradient_checkpointing": True}, "training": {"max_steps": 3}},
        ),
    )
    assert of_type(events, "stepFailed") == []
    structure = of_type(events, "structure")[0]
    assert structure["architecture"] == ARCHITECTURES[kind]
    assert only(events, "trainable")["targetedLayers"] == 2 * LAYERS
    assert len(of_type(events, "metrics")) >= 3
    saved = {file["path"]: file for file in only(events, "saved")["files"]}
    assert saved["adapter_model.safetensors"]["bytes"] == only(events, "trainable")["adapterBytes"]


def test_the_adapter_loads_as_the_model_card_says(here: InProcess, tmp_path: Path) -> None:
    """The code of the card, run: AutoModelForCausalLM would refuse this base model."""
    make_vision_base(tmp_path / "base", "qwen2_5_vl")
    section = {"target_modules": DECODER}
    assert of_type(here.run(STEPS, recipe(tmp_path, lora=section)), "stepFailed") == []
    card = (tmp_path / "adapter" / "README.md").read_text(encoding="utf-8")
    code = card.split("```python\n")[1].split("```")[0]
    assert "AutoModelForImageTextToText.from_pretrained" in code
    names: dict = {}
    for written, there in (
        ('"base"', repr(str(tmp_path / "base"))),
        ("path/to/this/folder", str(tmp_path / "adapter")),
    ):
        assert written in code
        code = code.replace(written, there)
    exec(code, names)
    trained = [name for name, value in names["model"].named_parameters() if "lora_B" in name and value.abs().sum() > 0]
    assert len(trained) == 2 * LAYERS


def test_a_kind_of_model_that_writes_no_text_is_refused_in_words(here: InProcess, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "config.json").write_text(json.dumps({"model_type": "vit"}), encoding="utf-8")
    failure = only(here.run(["model"], recipe(tmp_path)), "stepFailed")["failure"]
    assert (failure["kind"], failure["recipePath"]) == ("invalidRecipe", ["model", "model_name_or_path"])
    assert failure["message"].startswith("./base is of the kind vit, which writes no text")
