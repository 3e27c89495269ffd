"""What the libraries do in silence, and that it doesn't happen here. Each test names its trap."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from in_process import InProcess, failing_above
from recipes import NF4, STEPS, recipe
from trainer_process import TrainerProcess, of_type, only
from tunebook_trainer import devices, precision
from tunebook_trainer.failures import StepError
from tunebook_trainer.training_callback import TrainingCallback

TRAIN = STEPS[: STEPS.index("train") + 1]
BEFORE = TRAIN[:-1]


@pytest.fixture
def here(tmp_path: Path) -> InProcess:
    (tmp_path / "run").mkdir()
    return InProcess(tmp_path / "run")


def kinds(events: list[dict[str, Any]]) -> set[str]:
    return {event["kind"] for event in of_type(events, "warning")}


def test_4bit_weights_stay_right_on_cpus_after_an_answer(here: InProcess, folder: Path) -> None:
    """bitsandbytes repacks weights on CPUs with AVX512_BF16 in the first eval forward: gradients are wrong then."""
    here.run(["model"], recipe(folder, model={"quantization_config": NF4}))
    loaded = here.state.model
    assert loaded is not None
    model = loaded.model
    packed = {name: weight.detach().clone() for name, weight in model.named_parameters() if weight.dtype == torch.uint8}
    assert len(packed) == 8
    ids = torch.tensor([[4, 205, 264, 297, 6]])

    def gradient() -> torch.Tensor:
        embedded = model.get_input_embeddings()(ids).detach().requires_grad_(True)
        model.train()(inputs_embeds=embedded, labels=ids).loss.backward()
        assert embedded.grad is not None
        return embedded.grad

    before = gradient()
    with torch.inference_mode():
        model.eval()(input_ids=ids)
    assert torch.equal(gradient(), before)
    for name, weight in model.named_parameters():
        if name in packed:
            assert torch.equal(weight, packed[name])


@pytest.mark.parametrize("dora", [False, True])
def test_adapters_of_a_quantised_model_train_in_float32(here: InProcess, folder: Path, dora: bool) -> None:
    """TRL casts every trainable parameter to bfloat16: DoRA's magnitude would not move, fp16 would crash."""
    changed = recipe(folder, model={"quantization_config": NF4}, lora={"use_dora": dora})
    assert of_type(here.run(TRAIN, changed), "stepFailed") == []
    trained = here.state.train
    assert trained is not None
    parameters = {name: value for name, value in trained.model.named_parameters() if value.requires_grad}
    assert {value.dtype for value in parameters.values()} == {torch.float32}
    assert set(parameters) == set(trained.initial)
    starts = [value for name, value in trained.initial.items() if "lora_A" in name]
    # peft's own start, not one that went through bfloat16.
    assert all(not torch.equal(value, value.to(torch.bfloat16).float()) for value in starts)
    magnitudes = [name for name in parameters if "magnitude" in name]
    assert len(magnitudes) == (8 if dora else 0)
    for name in parameters:
        assert not torch.equal(parameters[name], trained.initial[name]), name


def test_the_whole_model_is_loaded_in_the_dtype_that_was_asked_for(trainer: TrainerProcess, folder: Path) -> None:
    """A model named by a string is loaded in float32 by SFTTrainer."""
    for name, expected in (("auto", "float32"), ("float16", "float16"), ("bfloat16", "bfloat16")):
        events = trainer.run(["model"], recipe(folder, model={"dtype": name}))
        assert only(events, "structure")["dtype"] == expected
    half = recipe(folder, model={"dtype": "bfloat16"})
    events = trainer.run(STEPS, half)
    assert of_type(events, "stepFailed") == []
    # Not quantised: nothing is cast when the adapters are added.
    modules = of_type(events, "structure")[1]["modules"]
    assert {module["dtype"] for module in modules if module["dtype"]} == {"bfloat16"}


def test_8_bit(trainer: TrainerProcess, folder: Path) -> None:
    quantized = {**NF4, "load_in_4bit": False, "load_in_8bit": True}
    events = trainer.run(STEPS, recipe(folder, model={"quantization_config": quantized}))
    assert of_type(events, "stepFailed") == []
    structure = of_type(events, "structure")[0]
    assert structure["quantization"] == "8 bit"
    modules = {module["name"]: module for module in structure["modules"]}
    assert modules["model.layers.0.mlp.down_proj"]["type"] == "Linear8bitLt"
    assert modules["model.layers.0.mlp.down_proj"]["shape"] == [64, 128]


def test_a_smaller_batch_starts_afresh(here: InProcess, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """auto_find_batch_size shrinks by 0.9 and goes on with weights and optimizer state of the failed attempt."""
    from trl import SFTTrainer

    plain = recipe(folder, train={"memory": {"per_device_train_batch_size": 3}})
    here.run(STEPS, plain)
    expected = (folder / "adapter" / "adapter_model.safetensors").read_bytes()
    # Fails in its third step: two have already changed the weights.
    error = torch.OutOfMemoryError(
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 4 GiB"
    )
    monkeypatch.setattr(SFTTrainer, "training_step", failing_above(3, error, step=3))
    auto = recipe(folder, train={"memory": {"per_device_train_batch_size": 4, "auto_find_batch_size": True}})
    events = here.run(STEPS, auto)
    assert of_type(events, "stepFailed") == []
    reduced = only(events, "batchSizeReduced")
    assert (reduced["from"], reduced["to"]) == (4, 3)
    assert [event["batchSize"] for event in of_type(events, "trainStarted")] == [4, 3]
    assert (folder / "adapter" / "adapter_model.safetensors").read_bytes() == expected


def test_out_of_memory_tells_how_much(here: InProcess, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trl import SFTTrainer

    words = (
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 4.00 GiB of which "
        "512.00 MiB is free. Including non-PyTorch memory, this process has 3.40 GiB memory in use."
    )
    monkeypatch.setattr(SFTTrainer, "training_step", failing_above(0, torch.OutOfMemoryError(words), step=1))
    failure = only(here.run(TRAIN, recipe(folder)), "stepFailed")["failure"]
    assert failure["kind"] == "outOfMemory"
    bytes_told = {"requiredBytes": 2 * 1024**3, "freeBytes": 512 * 1024**2, "totalBytes": 4 * 1024**3}
    assert failure["facts"] == {**bytes_told, "accelerator": True, "noBatchFits": False}
    # With auto_find_batch_size, one row that doesn't fit is the end as well.
    auto = recipe(folder, train={"memory": {"auto_find_batch_size": True}})
    events = here.run(["train"], auto) if here.state.tokenizer else here.run(TRAIN, auto)
    assert only(events, "stepFailed")["failure"]["kind"] == "outOfMemory"
    assert [event["to"] for event in of_type(events, "batchSizeReduced")] == [3, 2, 1]


def test_an_adapter_on_lm_head_is_trained(here: InProcess, folder: Path) -> None:
    """TRL's default loss reads the weight of lm_head itself and would leave its adapter out."""
    events = here.run(TRAIN, recipe(folder, lora={"target_modules": ["o_proj", "lm_head"]}))
    assert of_type(events, "stepFailed") == []
    assert "nllForLmHead" in kinds(events)
    trained = here.state.train
    assert trained is not None
    values = dict(trained.model.named_parameters())
    head = [name for name in trained.initial if "lm_head" in name]
    assert len(head) == 2
    assert all(not torch.equal(values[name], trained.initial[name]) for name in head)


def test_warmup_below_one_is_a_share(trainer: TrainerProcess, folder: Path) -> None:
    events = trainer.run(TRAIN, recipe(folder, train={"training": {"warmup_steps": 0.5}}))
    rates = [event["learningRate"] for event in of_type(events, "metrics")]
    assert rates[0] == 0
    assert rates.index(max(rates)) == 3


def test_packing_wrapped_is_allowed_and_keeps_every_token(trainer: TrainerProcess, folder: Path) -> None:
    packed = {"data": {"packing": True, "packing_strategy": "wrapped", "max_length": 16}}
    events = trainer.run(TRAIN, recipe(folder, train=packed))
    assert of_type(events, "stepFailed") == []
    assert only(events, "tokenizer")["truncatedRows"] == 0
    assert only(events, "batches")["totalTokens"] == sum(only(events, "tokenizer")["lengths"])


def test_only_the_assistants_words_are_learnt(trainer: TrainerProcess, folder: Path) -> None:
    """TRL knows no training template that isn't equal, character for character; Tunebook's is found by rendering."""
    spaced = "{#- mine -#}" + json.loads((folder / "base" / "tokenizer_config.json").read_text()).get(
        "chat_template", ""
    )
    if spaced == "{#- mine -#}":
        spaced += (folder / "base" / "chat_template.jinja").read_text(encoding="utf-8")
    changed = recipe(folder, tokenizer={"chat_template": spaced}, train={"data": {"assistant_only_loss": True}})
    events = trainer.run(STEPS, changed)
    assert of_type(events, "stepFailed") == []
    assert "templateMarked" in kinds(events)
    assert only(events, "tokenizer")["chatTemplateSource"] == "tunebook"
    for row in only(events, "batches")["batches"][0]["rows"]:
        trained = "".join(token["text"] for token in row if token["label"] != -100)
        assert trained.endswith(" Hmm.<|end|><|endoftext|>")
        assert trained.startswith("The ")
        assert all(token["label"] == -100 for token in row if token["padding"])
    # What is saved is the template as it came.
    saved = (folder / "adapter" / "chat_template.jinja").read_text(encoding="utf-8")
    assert saved == spaced
    assert "generation %}" not in saved


def test_only_the_completion_is_learnt(trainer: TrainerProcess, folder: Path) -> None:
    events = trainer.run(TRAIN, recipe(folder, train={"data": {"completion_only_loss": True}}))
    assert of_type(events, "stepFailed") == []
    row = only(events, "batches")["batches"][0]["rows"][0]
    trained = "".join(token["text"] for token in row if token["label"] != -100)
    assert trained.startswith("The ")
    assert trained.endswith("<|end|>\n<|endoftext|>")
    shown = only(events, "tokenizer")["tokens"]
    assert "".join(token["text"] for token in shown if token["label"] != -100).startswith("The ")


def test_rows_that_are_cut_or_left_out_are_counted(trainer: TrainerProcess, folder: Path) -> None:
    """TRL cuts at max_length and drops rows that are masked whole, both without a word."""
    rows = (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    long = {"sentence": "word " * 200, "translation_extra": "Never learnt."}
    (folder / "rows.jsonl").write_text("\n".join([*rows, json.dumps(long)]), encoding="utf-8")
    events = trainer.run(TRAIN, recipe(folder, train={"data": {"assistant_only_loss": True}}))
    warnings = {event["kind"]: event["args"] for event in of_type(events, "warning")}
    assert warnings["truncatedRows"] == ["1", "25", "64"]
    assert warnings["maskedRows"] == ["1", "25"]
    assert only(events, "tokenizer")["truncatedRows"] == 1
    assert only(events, "trainStarted")["rows"] == 24


def test_an_end_mark_that_nothing_trains_is_told(trainer: TrainerProcess, folder: Path) -> None:
    """For messages the template decides what ends an answer: TRL appends the end token only to plain text."""
    endless = "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] }}{% endfor %}"
    events = trainer.run(TRAIN, recipe(folder, tokenizer={"chat_template": endless}))
    assert of_type(events, "stepFailed") == []
    assert "endNotTrained" in kinds(events)


def test_an_end_mark_that_is_always_masked_is_refused(trainer: TrainerProcess, folder: Path) -> None:
    """The commonest reason why a tuned model never stops: {% endgeneration %} stands before the end mark."""
    masked = (
        "{% for m in messages %}{{ '<|' + m['role'] + '|>' }}{% if m['role'] == 'assistant' %}{% generation %}"
        "{{ m['content'] }}{% endgeneration %}{% else %}{{ m['content'] }}{% endif %}{{ '<|end|>' }}{% endfor %}"
    )
    changed = recipe(folder, tokenizer={"chat_template": masked}, train={"data": {"assistant_only_loss": True}})
    failed = only(trainer.run(TRAIN, changed), "stepFailed")["failure"]
    assert failed["kind"] == "endNotTrained"
    assert failed["recipePath"] == ["tokenizer", "chat_template"]
    assert failed["facts"]["token"] == "<|end|>"


def test_a_row_without_a_marked_answer_is_named(trainer: TrainerProcess, folder: Path) -> None:
    """TRL raises a RuntimeError that names no row."""
    only_first = (
        "{% for m in messages %}{{ '<|' + m['role'] + '|>' }}{% if m['content'] != 'unmarked' and m['role'] == "
        "'assistant' %}{% generation %}{{ m['content'] + '<|end|>' }}{% endgeneration %}{% else %}{{ m['content'] }}"
        "{% endif %}{% endfor %}"
    )
    with (folder / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"sentence": "x", "translation_extra": "unmarked"}) + "\n")
    changed = recipe(folder, tokenizer={"chat_template": only_first}, train={"data": {"assistant_only_loss": True}})
    failed = only(trainer.run(TRAIN, changed), "stepFailed")["failure"]
    assert failed["kind"] == "templateInvalid"
    assert failed["message"].startswith("rows.jsonl:25: ")


def test_the_batches_shown_are_those_trained_on(here: InProcess, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from trl import SFTTrainer

    original, seen = SFTTrainer.training_step, []

    def training_step(self: Any, model: Any, inputs: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        seen.append(inputs["input_ids"].tolist())
        return original(self, model, inputs, *args, **kwargs)

    monkeypatch.setattr(SFTTrainer, "training_step", training_step)
    events = here.run(TRAIN, recipe(folder))
    shown = [[[token["id"] for token in row] for row in batch["rows"]] for batch in only(events, "batches")["batches"]]
    assert len(shown) == 2
    assert shown == seen[:2]


def test_training_leaves_the_base_as_it_was(trainer: TrainerProcess, folder: Path) -> None:
    """Trained copies of whole modules are left out as well when the base answers."""
    prompts = {"prompts": ["My cat?", "An old boat."], "max_new_tokens": 12}
    events = trainer.run(["model", "data", "tokenizer", "generate"], recipe(folder, generate=prompts))
    before = [event["text"] for event in of_type(events, "generation")]
    assert {event["model"] for event in of_type(events, "generation")} == {"base"}
    assert "noAdapter" in kinds(events)
    changed = recipe(
        folder,
        lora={"modules_to_save": ["lm_head"]},
        train={"training": {"num_train_epochs": 5}},
        generate=prompts,
    )
    events = trainer.run(STEPS, changed)
    assert of_type(events, "stepFailed") == []
    answers = of_type(events, "generation")
    assert [event["text"] for event in answers if event["model"] == "base"] == before
    assert [event["text"] for event in answers if event["model"] == "tuned"] != before
    tuned = [event["tokens"] for event in answers if event["model"] == "tuned"]
    # A session that trains nothing asks the adapter that was saved.
    events = trainer.run(["model", "data", "tokenizer", "generate"], changed)
    assert "savedAdapterUsed" in kinds(events)
    answers = of_type(events, "generation")
    assert [event["text"] for event in answers if event["model"] == "base"] == before
    assert [event["tokens"] for event in answers if event["model"] == "tuned"] == tuned


def test_trained_biases_are_put_back_for_the_base() -> None:
    """disable_adapter turns adapters off, and leaves biases of the base (bias: all) as they were trained."""
    from peft import LoraConfig, get_peft_model
    from transformers import Qwen2Config, Qwen2ForCausalLM
    from tunebook_trainer.recast import trainable_values
    from tunebook_trainer.state import Loaded
    from tunebook_trainer.trained import Trained

    # Phi-3 has no biases, Qwen2's attention has.
    sizes = {"vocab_size": 50, "hidden_size": 16, "intermediate_size": 32, "num_attention_heads": 2}
    base = Qwen2ForCausalLM(Qwen2Config(**sizes, num_hidden_layers=1, num_key_value_heads=2)).eval()
    ids = torch.tensor([[1, 2, 3]])
    before = base(ids).logits
    model = get_peft_model(base, LoraConfig(target_modules=["q_proj"], bias="all"))
    loaded = Loaded(base, torch.device("cpu"), {}, quantized=False, eos_ids=[])
    trained = Trained(loaded, model, None, trainable_values(model))  # type: ignore[arg-type]
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data += 1
    tuned = model(ids).logits
    assert not torch.equal(tuned, before)
    with model.disable_adapter():
        assert not torch.equal(model(ids).logits, before)
    with trained.without_adapter():
        assert torch.equal(model(ids).logits, before)
    assert torch.equal(model(ids).logits, tuned)
    trained.unload()
    assert torch.equal(loaded.model(ids).logits, before)
    assert not any(parameter.requires_grad for parameter in loaded.model.parameters())


def test_answers_end_at_every_end_mark_and_are_the_same_again(trainer: TrainerProcess, folder: Path) -> None:
    long = {"training": {"num_train_epochs": 30}}
    asked = {"prompts": ["My cat sees the cat number 0."], "modes": ["greedy", "sampled"], "max_new_tokens": 40}
    events = trainer.run(STEPS, recipe(folder, train=long, generate=asked))
    answers = of_type(events, "generation")
    tuned = next(event for event in answers if event["model"] == "tuned" and event["mode"] == "greedy")
    assert tuned["stopReason"] == "endOfTurn"
    assert tuned["tokens"][-1]["text"] == "<|end|>"
    assert tuned["tokens"][-1]["special"] is True
    assert "<|" not in tuned["text"]
    assert tuned["promptText"].count("<|user|>") == 1
    assert "<s>" not in tuned["promptText"]
    again = of_type(trainer.run(["generate"], recipe(folder, train=long, generate=asked)), "generation")
    assert [event["tokens"] for event in again] == [event["tokens"] for event in answers]


def test_a_template_with_a_beginning_gives_one_beginning(trainer: TrainerProcess, folder: Path) -> None:
    """A tokenizer that adds its own beginning to a rendered template doubles it."""
    template = (
        "{{ bos_token }}{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}"
    )
    events = trainer.run(
        ["model", "data", "tokenizer", "generate"], recipe(folder, tokenizer={"chat_template": template})
    )
    assert only(events, "generation")["promptText"].count("<s>") == 1
    assert [token["text"] for token in only(events, "tokenizer")["tokens"]].count("<s>") == 1


def test_an_answer_that_may_grow_too_long_is_told(trainer: TrainerProcess, folder: Path) -> None:
    """Beyond max_position_embeddings a model was never trained: it answers nonsense, without a word."""
    changed = recipe(folder, generate={"prompts": ["Hello."], "max_new_tokens": 512})
    events = trainer.run(["model", "data", "tokenizer", "generate"], changed)
    assert next(event["args"] for event in of_type(events, "warning") if event["kind"] == "longPrompt") == [
        "Hello.",
        "512",
    ]


def test_bf16_is_what_the_hardware_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """torch says yes for Turing, where bfloat16 is emulated."""
    gpu, cpu = torch.device("cuda"), torch.device("cpu")
    asked = []

    def supported(including_emulation: bool = True) -> bool:
        asked.append(including_emulation)
        return including_emulation

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda device: "Tesla T4")
    assert precision.mixed_precision({"bf16": "auto", "fp16": False}, gpu) == (False, False)
    assert precision.mixed_precision({"bf16": "auto", "fp16": True}, gpu) == (False, True)
    assert precision.mixed_precision({"bf16": "auto", "fp16": False}, cpu) == (False, False)
    assert precision.compute_dtype("auto", gpu) == torch.float16
    assert precision.compute_dtype("auto", cpu) == torch.float32
    with pytest.raises(StepError) as raised:
        precision.mixed_precision({"bf16": True, "fp16": False}, gpu)
    assert raised.value.kind == "unsupportedDtype"
    assert raised.value.facts["device"] == "Tesla T4"
    assert asked
    assert not any(asked)


def test_one_gpu_is_visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """With two, transformers would wrap the model in DataParallel."""
    monkeypatch.setattr(devices, "_chosen_gpu", None)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "3,5")
    devices.restrict_gpus("cuda:1")
    import os

    assert os.environ["CUDA_VISIBLE_DEVICES"] == "5"
    devices.restrict_gpus("auto")
    with pytest.raises(StepError, match="restart"):
        devices.restrict_gpus("cuda:0")
    monkeypatch.setattr(devices, "_chosen_gpu", None)
    with pytest.raises(StepError, match="1 GPUs"):
        devices.restrict_gpus("cuda:1")


def test_every_key_of_the_recipe_reaches_sft_config(here: InProcess, folder: Path) -> None:
    """Names that transformers 5 dropped raise TypeError: keys are mapped one by one."""
    here.run(TRAIN, recipe(folder, train={"memory": {"optim": "paged_adamw_32bit"}}))
    trained = here.state.train
    assert trained is not None
    arguments = trained.arguments
    groups = recipe(folder)["sections"]["train"]
    resolved = {
        "optim": "adamw_torch",
        "bf16": False,
        "loss_type": "chunked_nll",
        "report_to": [],
        "output_dir": str(folder / "out"),
        "metric_for_best_model": None,
        "eval_steps": None,
    }
    for group in groups.values():
        for key, value in group.items():
            if key == "resume_from_checkpoint":
                continue
            assert getattr(arguments, key) == resolved.get(key, value), key
    assert arguments.use_cpu is True
    assert arguments.dataloader_pin_memory is False
    assert arguments.logging_nan_inf_filter is False
    assert arguments.label_names == ["labels"]
    assert arguments.n_gpu <= 1


def test_kernels_is_not_installed() -> None:
    """With it, bitsandbytes asks the Hub at import."""
    lock = (Path(__file__).resolve().parents[2] / "trainer" / "requirements.lock").read_text(encoding="utf-8")
    assert not [line for line in lock.splitlines() if line.startswith("kernels")]
    assert "kernels" not in sys.modules


def test_the_lock_pins_everything_exactly_and_what_runs_is_what_it_pins() -> None:
    from importlib import metadata

    root = Path(__file__).resolve().parents[2] / "trainer"
    lines = [line.partition(";")[0].strip() for line in (root / "requirements.lock").read_text().splitlines()]
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    wanted = [line for line in (root / "requirements.in").read_text().splitlines() if not line.startswith("#")]
    assert {line.split("==")[0]: line.split("==")[1] for line in wanted}.items() <= pins.items()
    for package, version in pins.items():
        assert metadata.version(package).split("+")[0] == version


def bad_gradients(self: Any, *args: Any, **kwargs: Any) -> torch.Tensor:
    """In place of SFTTrainer.training_step: the loss is fine, one gradient is not."""
    from trl import SFTTrainer

    loss = SFTTrainer.__mro__[1].training_step(self, *args, **kwargs)
    if self.state.global_step == 1:
        next(value for value in self.model.parameters() if value.grad is not None).grad.fill_(float("inf"))
    return loss


def test_gradients_that_are_no_numbers_end_the_training(
    here: InProcess, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """bitsandbytes' 8-bit AdamW passes over them in silence, and between logging points nothing is seen."""
    from trl import SFTTrainer

    monkeypatch.setattr(SFTTrainer, "training_step", bad_gradients)
    events = here.run(TRAIN, recipe(folder, train={"environment": {"logging_steps": 500}}))
    failure = only(events, "stepFailed")["failure"]
    assert failure["kind"] == "nonFiniteLoss"
    assert (failure["facts"]["trainStep"], failure["facts"]["what"]) == (2, "gradient norm")
    assert only(events, "metrics")["trainStep"] == 2


def test_with_fp16_they_are_normal() -> None:
    """The scaler halves its scale and skips the step."""
    context: Any = SimpleNamespace(emit=lambda kind, **fields: None)
    callback = TrainingCallback(context, SimpleNamespace(take=lambda: 1), None)  # type: ignore[arg-type]
    callback._watch = SimpleNamespace(step=lambda loss, norm: None)  # type: ignore[assignment]
    trainer: Any = SimpleNamespace(last_loss=torch.tensor(2.0), last_grad_norm=torch.tensor(float("inf")))
    state: Any = SimpleNamespace(global_step=1, max_steps=10, epoch=0.1)
    callback._check(trainer, state, SimpleNamespace(fp16=True, learning_rate=1e-3))  # type: ignore[arg-type]
