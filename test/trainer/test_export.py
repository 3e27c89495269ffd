"""An exported model is the tuned one, for whoever loads nothing else."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from recipes import NF4, recipe
from safetensors.torch import load_file, save_file
from tiny_base import make_tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer, Qwen2Config, Qwen2ForCausalLM
from tunebook_trainer.export.adapter_files import read_adapter
from tunebook_trainer.export.merging import attach, dtypes_of, merge, untie
from tunebook_trainer.export.source import read_source
from tunebook_trainer.export.targets import check_target
from tunebook_trainer.export.telling import RefusedError
from tunebook_trainer.export.tokenizers import copy_from_base, load_tokenizer

SOURCE = Path(__file__).resolve().parents[2] / "trainer" / "src"
SAMPLE = SOURCE.parents[1] / "samples" / "yoda" / "base"
LAYERS = ["o_proj", "qkv_proj", "gate_up_proj", "down_proj"]


@pytest.fixture(scope="module")
def adapter(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "adapter"
    write_adapter(AutoModelForCausalLM.from_pretrained(base), folder, target_modules=LAYERS)
    AutoTokenizer.from_pretrained(base, pad_token="<unk>").save_pretrained(folder)
    return folder


def write_adapter(model: Any, folder: Path, **config: Any) -> PeftModel:
    """One that changes something: LoRA's own start changes nothing."""
    torch.manual_seed(1)
    tuned = get_peft_model(model, LoraConfig(r=4, task_type="CAUSAL_LM", init_lora_weights=False, **config))
    for name, parameter in tuned.named_parameters():
        if parameter.requires_grad and "lora_" not in name:
            parameter.data += torch.randn_like(parameter) * 0.05
    tuned.save_pretrained(folder)
    return tuned.eval()


def export(*arguments: str | Path) -> tuple[list[dict[str, Any]], int]:
    done = subprocess.run(
        [sys.executable, "-m", "tunebook_trainer.export", "--to", "merged", *map(str, arguments)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        check=False,
        timeout=300,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


def run_directory(folder: Path, adapter: Path, **model: Any) -> Path:
    """What a run leaves that an export reads."""
    run = folder / "run"
    run.mkdir()
    wanted = recipe(folder, model=model, save={"output_dir": str(adapter)})
    (run / "config.json").write_text(json.dumps(wanted), encoding="utf-8")
    return run


def test_a_model_trained_in_4_bits_is_written_in_16_and_says_the_same(folder: Path, adapter: Path) -> None:
    run = run_directory(folder, adapter, quantization_config=NF4)
    target = folder / "merged"
    lines, code = export("--run-dir", run, "--base", "dequantised", "--output", target)
    assert code == 0, lines[-1]
    made = lines[-1]
    assert made["type"] == "exported"
    plan = next(line for line in lines if line["type"] == "plan")
    assert plan["weightsBytes"] == sum(tensor.nbytes for tensor in load_file(target / "model.safetensors").values())
    proof = made["proof"]
    assert proof["sameAnswers"] == 1
    assert proof["trained"]["sameChoice"] == 1
    # float16 and float32 apart, no more.
    assert 0 < proof["trained"]["maxDifference"] < 0.02
    assert proof["reloaded"]["samePrompts"] is True
    assert proof["reloaded"]["maxDifference"] < 1e-3
    assert {file["path"] for file in made["files"]} | {"tunebook-export.json"} == set(os.listdir(target))

    # Without a line of ours: plain transformers finds 16 bits, no trace of the quantisation, the adapter's tokenizer.
    model = AutoModelForCausalLM.from_pretrained(target, dtype="auto")
    assert model.dtype == torch.float16
    assert not hasattr(model.config, "quantization_config")
    tokenizer = AutoTokenizer.from_pretrained(target)
    assert tokenizer.pad_token == "<unk>"
    ends = tokenizer.convert_tokens_to_ids(["<|endoftext|>", "<|end|>"])
    assert sorted(model.generation_config.eos_token_id) == sorted(ends)
    assert "token for token" in (target / "README.md").read_text("utf-8")

    # Into the original weights it is another model, and the difference says how far.
    (target / "notes.txt").write_text("mine")
    again, code = export("--run-dir", run, "--output", target, "--force")
    assert code == 0, again[-1]
    assert again[-1]["kind"] == "original"
    assert again[-1]["proof"]["trained"]["meanDifference"] > 5 * proof["trained"]["meanDifference"]
    assert (target / "notes.txt").read_text() == "mine"
    weights = load_file(target / "model.safetensors")
    name = "model.layers.0.self_attn.o_proj"
    original = load_file(folder / "base" / "model.safetensors")[f"{name}.weight"].float()
    tensors = load_file(adapter / "adapter_model.safetensors")
    a, b = (tensors[f"base_model.model.{name}.lora_{part}.weight"] for part in "AB")
    # lora_alpha is peft's own 8, r is 4.
    torch.testing.assert_close(weights[f"{name}.weight"].float(), original + 2 * b @ a, rtol=2e-3, atol=2e-4)


def tied_base(folder: Path) -> Path:
    tokenizer = make_tokenizer()
    torch.manual_seed(0)
    config = Qwen2Config(
        vocab_size=320,
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        tie_word_embeddings=True,
        eos_token_id=tokenizer.eos_token_id,
    )
    Qwen2ForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    ("config", "unties"),
    [
        ({"target_modules": ["q_proj", "v_proj"], "use_dora": True}, False),
        ({"target_modules": ["q_proj"], "bias": "lora_only"}, False),
        ({"target_modules": ["q_proj", "lm_head"]}, True),
        ({"target_modules": ["q_proj", "embed_tokens"]}, True),
        ({"target_modules": ["q_proj"], "modules_to_save": ["lm_head"]}, True),
    ],
)
def test_whatever_the_adapter_changes_arrives_in_the_file_and_nothing_else(
    tmp_path: Path, config: dict[str, Any], unties: bool
) -> None:
    def load() -> Any:
        return AutoModelForCausalLM.from_pretrained(tied_base(tmp_path / "base"), dtype=torch.bfloat16).eval()

    tuned = write_adapter(load(), tmp_path / "adapter", **config)
    ids = torch.arange(7, 40)[None]
    with torch.inference_mode():
        expected = tuned(input_ids=ids).logits.float()
    files, model = read_adapter(tmp_path / "adapter"), load()
    assert untie(model, files) is unties
    merged = merge(attach(model, files), dtypes_of(load()))
    merged.save_pretrained(tmp_path / "merged")
    assert {tensor.dtype for tensor in load_file(tmp_path / "merged" / "model.safetensors").values()} == {
        torch.bfloat16
    }
    again = AutoModelForCausalLM.from_pretrained(tmp_path / "merged", dtype="auto").eval()
    assert again.config.tie_word_embeddings is not unties
    with torch.inference_mode():
        found = again(input_ids=ids).logits.float()
    # bfloat16 keeps 8 bits of each weight.
    torch.testing.assert_close(found, expected, rtol=0.05, atol=0.05)


def test_added_tokens_make_the_base_as_large_as_the_adapters_embedding(tmp_path: Path) -> None:
    base = tied_base(tmp_path / "base")
    model = AutoModelForCausalLM.from_pretrained(base)
    model.resize_token_embeddings(330)
    tuned = write_adapter(model, tmp_path / "adapter", target_modules=["q_proj"], modules_to_save=["embed_tokens"])
    files, fresh = read_adapter(tmp_path / "adapter"), AutoModelForCausalLM.from_pretrained(base)
    untie(fresh, files)
    merged = merge(attach(fresh, files), {})
    learnt = tuned.base_model.model.model.embed_tokens.modules_to_save["default"].weight
    torch.testing.assert_close(merged.get_input_embeddings().weight.float(), learnt.float(), rtol=0.01, atol=1e-3)


def test_a_processor_comes_along_and_a_base_must_be_named(adapter: Path, base: Path, tmp_path: Path) -> None:
    seeing = tmp_path / "base"
    shutil.copytree(base, seeing)
    (seeing / "preprocessor_config.json").write_text("{}")
    (seeing / "tokenizer.model").write_bytes(b"pieces")
    source = read_source(adapter, None, str(seeing))
    tokenizer, _ = load_tokenizer(source)
    for folder, used, files in [
        (tmp_path / "same", tokenizer, {"preprocessor_config.json", "tokenizer.model"}),
        (tmp_path / "other", AutoTokenizer.from_pretrained(SAMPLE), {"preprocessor_config.json"}),
    ]:
        folder.mkdir()
        copy_from_base(source, used, folder)
        assert set(os.listdir(folder)) == files, folder.name

    nameless = tmp_path / "adapter"
    shutil.copytree(adapter, nameless)
    config = json.loads((nameless / "adapter_config.json").read_text())
    (nameless / "adapter_config.json").write_text(json.dumps({**config, "base_model_name_or_path": None}))
    with pytest.raises(RefusedError) as refused:
        read_source(nameless, None, None)
    assert refused.value.kind == "noBase"


def without_weights(folder: Path) -> None:
    (folder / "adapter_model.safetensors").unlink()


def pickled(folder: Path) -> None:
    (folder / "adapter_model.safetensors").rename(folder / "adapter_model.bin")


def cut_off(folder: Path) -> None:
    os.truncate(folder / "adapter_model.safetensors", 1000)


def prompts(folder: Path) -> None:
    config = json.loads((folder / "adapter_config.json").read_text())
    (folder / "adapter_config.json").write_text(json.dumps({**config, "peft_type": "PROMPT_TUNING"}))


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (shutil.rmtree, "noAdapter"),
        (without_weights, "noWeights"),
        (pickled, "pickled"),
        (cut_off, "unreadable"),
        (prompts, "notMergeable"),
    ],
)
def test_what_is_no_adapter_is_refused(adapter: Path, tmp_path: Path, spoil: Callable[[Path], None], kind: str) -> None:
    shutil.copytree(adapter, tmp_path / "adapter")
    spoil(tmp_path / "adapter")
    with pytest.raises(RefusedError) as refused:
        read_adapter(tmp_path / "adapter")
    assert refused.value.kind == kind


def renamed(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name.replace("o_proj", "out_proj"): tensor for name, tensor in tensors.items()}


def fewer(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: tensor for name, tensor in tensors.items() if "layers.1" not in name}


def wider(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: torch.cat([tensor, tensor], 1) for name, tensor in tensors.items()}


@pytest.mark.parametrize("change", [renamed, fewer, wider])
def test_an_adapter_of_another_base_is_refused_and_not_merged_in_part(
    base: Path, adapter: Path, tmp_path: Path, change: Callable[..., dict[str, torch.Tensor]]
) -> None:
    other = tmp_path / "adapter"
    shutil.copytree(adapter, other)
    save_file(change(load_file(other / "adapter_model.safetensors")), other / "adapter_model.safetensors")
    with pytest.raises(RefusedError) as refused:
        attach(AutoModelForCausalLM.from_pretrained(base), read_adapter(other))
    assert refused.value.kind == "otherBase"


def test_weights_that_are_no_numbers_are_refused(base: Path, adapter: Path, tmp_path: Path) -> None:
    other = tmp_path / "adapter"
    shutil.copytree(adapter, other)
    tensors = load_file(other / "adapter_model.safetensors")
    next(iter(tensors.values()))[0, 0] = float("nan")
    save_file(tensors, other / "adapter_model.safetensors")
    model = AutoModelForCausalLM.from_pretrained(base)
    with pytest.raises(RefusedError) as refused:
        merge(attach(model, read_adapter(other)), {})
    assert refused.value.kind == "notFinite"


def test_an_export_takes_the_place_of_nothing_but_an_export(folder: Path, adapter: Path) -> None:
    source = read_source(None, run_directory(folder, adapter), None)
    full = folder / "full"
    full.mkdir()
    (full / "thesis.txt").write_text("mine")
    former = folder / "former"
    former.mkdir()
    (former / "tunebook-export.json").write_text("{}")
    real_base = (folder / "base").resolve()
    for target, kind in [
        (full, "targetHoldsOther"),
        (former, "targetExists"),
        (full / "thesis.txt", "targetIsFile"),
        (adapter, "targetIsInput"),
        (adapter / "below", "targetIsInput"),
        (real_base, "targetIsInput"),
    ]:
        with pytest.raises(RefusedError) as refused:
            check_target(target, source, force=False)
        assert refused.value.kind == kind, target
    check_target(former, source, force=True)
    check_target(folder / "new", source, force=False)
