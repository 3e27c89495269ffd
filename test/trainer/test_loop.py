"""The loop end to end, on a tiny model: what each step says is true."""

import hashlib
import json
import math

import pytest
from conftest import PREDICTED, RECIPE_TEXT, ROWS, Loop, loop_recipe
from tiny_base import LAYERS, TARGETED_LAYERS
from trainer_process import of_type, only


def finished(loop: Loop) -> list[str]:
    return [event["step"] for event in of_type(loop.events, "stepFinished")]


def test_every_step_finishes(loop: Loop) -> None:
    assert of_type(loop.events, "stepFailed") == []
    assert finished(loop) == ["model", "lora", "data", "tokenizer", "train", "generate", "save"]


def test_hello_comes_before_the_imports_and_the_device_after(loop: Loop) -> None:
    types = [event["type"] for event in loop.events]
    assert types[:5] == ["hello", "runStarted", "predicted", "stepStarted", "progress"]
    assert loop.events[4]["what"] == "Loading PyTorch"
    loading = [event["what"] for event in of_type(loop.events, "progress")][:3]
    assert loading == ["Loading PyTorch", "Loading Transformers", "Loading PEFT and TRL"]
    assert types[5:8] == ["progress", "progress", "device"]


def test_structure_tells_logical_shapes_of_packed_weights(loop: Loop) -> None:
    loaded, prepared = of_type(loop.events, "structure")
    assert loaded["architecture"] == "Phi3ForCausalLM"
    assert loaded["quantization"] == "nf4, double quantization"
    modules = {module["name"]: module for module in loaded["modules"]}
    qkv = modules["model.layers.0.self_attn.qkv_proj"]
    assert (qkv["type"], qkv["shape"], qkv["dtype"], qkv["parameters"]) == ("Linear4bit", [192, 64], "uint8", 12288)
    assert (modules["lm_head"]["type"], modules["lm_head"]["shape"]) == ("Linear", [320, 64])
    assert sum(module["type"] == "Linear4bit" for module in loaded["modules"]) == 4 * LAYERS
    targets = [module["name"] for module in prepared["modules"] if module["target"]]
    assert len(targets) == TARGETED_LAYERS
    assert targets[0] == "model.layers.0.self_attn.o_proj"
    # The same tree before and after: the adapters are taken out again.
    assert [module["name"] for module in prepared["modules"]] == list(modules)
    assert not any(module["trainable"] for module in prepared["modules"])


def test_what_was_predicted_is_told_before_the_first_step(loop: Loop) -> None:
    kinds = [event["type"] for event in loop.events]
    assert kinds.index("predicted") < kinds.index("stepStarted")
    told = only(loop.events, "predicted")
    assert {key: told[key] for key in PREDICTED} == PREDICTED


def test_preparing_costs_memory(loop: Loop) -> None:
    loaded, prepared = of_type(loop.events, "footprint")
    assert (loaded["when"], prepared["when"]) == ("loaded", "prepared")
    trainable = only(loop.events, "trainable")
    # On a CPU everything but the 4-bit weights is float32 from the start: only the adapter is added.
    assert prepared["bytes"] == loaded["bytes"] + 4 * trainable["trainable"]


def test_counts_are_those_of_the_formula(loop: Loop) -> None:
    trainable = only(loop.events, "trainable")
    widths = [(64, 64), (64, 192), (64, 256), (128, 64)]
    assert trainable["trainable"] == LAYERS * sum(8 * (inside + outside) for inside, outside in widths)
    weights = LAYERS * (sum(inside * outside for inside, outside in widths) + 2 * 64) + 2 * 320 * 64 + 64
    assert trainable["total"] == weights + trainable["trainable"]
    assert trainable["targetModules"] == ["down_proj", "gate_up_proj", "o_proj", "qkv_proj"]
    assert trainable["targetedLayers"] == TARGETED_LAYERS


def test_the_adapters_size_is_known_to_the_byte(loop: Loop) -> None:
    saved = {file["path"]: file for file in only(loop.events, "saved")["files"]}
    assert saved["adapter_model.safetensors"]["bytes"] == only(loop.events, "trainable")["adapterBytes"]


def test_rows_become_conversations(loop: Loop) -> None:
    dataset = only(loop.events, "dataset")
    assert (dataset["rows"], dataset["trainRows"], dataset["evalRows"]) == (ROWS, ROWS - 4, 4)
    assert dataset["columns"] == ["sentence", "translation", "translation_extra"]
    assert [message["role"] for message in dataset["samples"][0]["messages"]] == ["user", "assistant"]


def test_the_files_that_were_read_are_told(loop: Loop) -> None:
    content = (loop.folder / "rows.jsonl").read_bytes()
    facts = {"path": str(loop.folder / "rows.jsonl"), "bytes": len(content)}
    assert only(loop.events, "dataFiles")["files"] == [{**facts, "sha256": hashlib.sha256(content).hexdigest()}]


def test_what_ran_stands_around_it(loop: Loop) -> None:
    started = only(loop.events, "runStarted")
    assert (started["steps"], started["recipeText"]) == (finished(loop), RECIPE_TEXT)
    assert started["recipe"] == loop_recipe(loop.folder)
    assert [event["type"] for event in loop.events[-3:]] == ["stepFinished", "runFinished", "bye"]


def test_padding_is_no_end_mark(loop: Loop) -> None:
    tokenizer = only(loop.events, "tokenizer")
    special = {token["name"]: token["token"] for token in tokenizer["specialTokens"]}
    assert special["pad_token"] == "<unk>"
    assert special["eos_token"] == "<|endoftext|>"
    assert special["end_of_turn"] == "<|end|>"
    warning = next(event for event in of_type(loop.events, "warning") if event["kind"] == "padIsEos")
    assert warning["args"] == ["<|endoftext|>", "<unk>"]


def test_tokens_spell_the_rendered_row(loop: Loop) -> None:
    tokenizer = only(loop.events, "tokenizer")
    assert "".join(token["text"] for token in tokenizer["tokens"]) == tokenizer["rendered"]
    assert tokenizer["rendered"].endswith("<|end|>\n<|endoftext|>")
    assert len(tokenizer["tokens"]) == tokenizer["lengths"][0]
    assert len(tokenizer["lengths"]) == ROWS - 4
    assert tokenizer["truncatedRows"] == 0
    assert all(token["label"] == token["id"] for token in tokenizer["tokens"])


def test_batches_are_packed_rows_with_their_labels(loop: Loop) -> None:
    batches = only(loop.events, "batches")
    tokens = sum(only(loop.events, "tokenizer")["lengths"])
    assert batches["totalTokens"] == tokens
    # The first label of each packed row is never predicted.
    assert batches["trainedTokens"] == tokens - only(loop.events, "trainStarted")["rows"]
    rows = batches["batches"][0]["rows"]
    assert len(rows) == 4
    assert all(len(row) == 32 for row in rows)
    assert all(token["label"] == token["id"] for row in rows for token in row if not token["padding"])


def test_training_is_told_step_by_step(loop: Loop) -> None:
    started, finish = (only(loop.events, "trainStarted"), only(loop.events, "trainFinished"))
    assert started["totalSteps"] == math.ceil(started["rows"] / 4)
    assert finish["trainSteps"] == started["totalSteps"]
    assert finish["stopped"] is False
    points = [event for event in of_type(loop.events, "metrics") if event["loss"] is not None]
    assert [point["trainStep"] for point in points] == list(range(1, started["totalSteps"] + 1))
    assert all(point["gradNorm"] > 0 and point["tokensPerSecond"] > 0 for point in points)
    assert all(point["memoryBytes"] > 0 for point in points)
    assert points[-1]["etaSeconds"] == 0
    assert points[-1]["loss"] < points[0]["loss"]
    assert finish["trainLoss"] == pytest.approx(sum(point["loss"] for point in points) / len(points), rel=1e-5)
    assert points[0]["learningRate"] == pytest.approx(2e-3)


def test_evaluation_has_a_loss(loop: Loop) -> None:
    evaluations = [event for event in of_type(loop.events, "metrics") if event["evalLoss"] is not None]
    assert evaluations[0]["trainStep"] == 4
    assert all(0 < event["evalLoss"] < 10 for event in evaluations)


def test_checkpoints_are_where_the_event_says(loop: Loop) -> None:
    saved = of_type(loop.events, "checkpointSaved")
    assert saved[0]["trainStep"] == 4
    for event in saved:
        assert (loop.folder / "out" / f"checkpoint-{event['trainStep']}" / "trainer_state.json").exists()
        assert event["path"] == str(loop.folder / "out" / f"checkpoint-{event['trainStep']}")


def test_an_optimizer_that_needs_a_gpu_is_replaced_and_said(loop: Loop) -> None:
    warning = next(event for event in of_type(loop.events, "warning") if event["kind"] == "optimizerReplaced")
    assert warning["args"] == ["paged_adamw_8bit", "adamw_torch"]
    assert warning["recipePath"] == ["train", "memory", "optim"]


def test_base_and_tuned_answer_the_same_prompt(loop: Loop) -> None:
    answers = of_type(loop.events, "generation")
    assert [(answer["mode"], answer["model"]) for answer in answers] == [
        ("greedy", "base"),
        ("greedy", "tuned"),
        ("sampled", "base"),
        ("sampled", "tuned"),
    ]
    prompt = "<|user|>\nThere is bacon in this sandwich.<|end|>\n<|assistant|>\n"
    assert {answer["promptText"] for answer in answers} == {prompt}
    assert {answer["reference"] for answer in answers} == {"In this sandwich, bacon there is."}
    base, tuned = answers[0], answers[1]
    assert base["text"] != tuned["text"]
    for answer in answers:
        assert len(answer["tokens"]) <= 8
        assert (answer["stopReason"] == "maxNewTokens") == (len(answer["tokens"]) == 8)


def test_saved_files_are_whole(loop: Loop) -> None:
    saved = only(loop.events, "saved")
    assert saved["directory"] == str(loop.folder / "adapter")
    names = {file["path"] for file in saved["files"]}
    assert names >= {
        "README.md",
        "adapter_config.json",
        "adapter_model.safetensors",
        "training_args.bin",
        "tokenizer.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "added_tokens.json",
        "chat_template.jinja",
    }
    for file in saved["files"]:
        content = (loop.folder / "adapter" / file["path"]).read_bytes()
        assert len(content) == file["bytes"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert sorted(path.name for path in loop.folder.glob(".adapter*")) == []
    # Whoever may read the configuration may read the weights.
    assert len({path.stat().st_mode for path in (loop.folder / "adapter").iterdir()}) == 1


def test_the_adapter_knows_its_base(loop: Loop) -> None:
    config = json.loads((loop.folder / "adapter" / "adapter_config.json").read_text(encoding="utf-8"))
    assert config["base_model_name_or_path"] == str(loop.folder / "base")
    assert (config["r"], config["lora_alpha"], config["lora_dropout"]) == (8, 16, 0.05)
    assert sorted(config["target_modules"]) == ["down_proj", "gate_up_proj", "o_proj", "qkv_proj"]


def test_the_card_tells_recipe_data_versions_and_answers(loop: Loop) -> None:
    card = (loop.folder / "adapter" / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlibrary_name: peft\n")
    for part in ("rows.jsonl", "20 rows to train", "trl 1.13.0", "There is bacon in this sandwich.", "## Recipe"):
        assert part in card
    assert str(loop.folder) not in card


def test_the_saved_adapter_answers_as_in_the_session(loop: Loop) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig
    from tunebook_trainer.bnb_cpu import keep_weights_unpacked

    tokenizer = AutoTokenizer.from_pretrained(loop.folder / "adapter")
    quantized = BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True)
    model = AutoModelForCausalLM.from_pretrained(
        loop.folder / "base", dtype=torch.float32, quantization_config=quantized, device_map="cpu"
    )
    keep_weights_unpacked(model)
    model = PeftModel.from_pretrained(model, loop.folder / "adapter").eval()
    prompt = tokenizer.apply_chat_template(
        [{"role": "user", "content": "There is bacon in this sandwich."}],
        add_generation_prompt=True,
        return_tensors="pt",
        return_dict=True,
    )
    assert tokenizer.pad_token == "<unk>"
    with torch.inference_mode():
        output = model.generate(**prompt, max_new_tokens=8, do_sample=False)
    tuned = next(event for event in of_type(loop.events, "generation") if event["model"] == "tuned")
    answer = output[0, prompt["input_ids"].shape[1] :].tolist()
    assert answer == [token["id"] for token in tuned["tokens"]]


def test_what_libraries_print_goes_to_the_log(loop: Loop) -> None:
    # TRL and transformers print each logging point on descriptor 1.
    assert "'grad_norm'" in loop.log
