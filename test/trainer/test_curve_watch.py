"""
What is said of a curve while it grows, and that nothing is said of a good one. The curves in fixtures/curves are those
of samples/yoda on a CPU: as shipped, with learning rates of 1e-7 and 0.3, and for 14 epochs at 5e-3 with 100 rows kept
apart.
"""

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from recipes import STEPS, recipe
from trainer_process import TrainerProcess, of_type
from tunebook_trainer.curve_watch import EvalLosses, GradientNorms, Losses

CURVES = Path(__file__).resolve().parents[1] / "fixtures" / "curves"


def curve(name: str) -> dict[str, Any]:
    return json.loads((CURVES / f"{name}.json").read_text(encoding="utf-8"))


def said_of(name: str) -> dict[str, list[int]]:
    """Which warnings a real curve gives, and after how many steps."""
    real = curve(name)
    losses = Losses(len(real["losses"]), epoch_steps=real["epochSteps"])
    norms, evals, measured = GradientNorms(1.0), EvalLosses(), dict(real["evals"])
    said: dict[str, list[int]] = {}
    for step, (loss, norm) in enumerate(zip(real["losses"], real["gradNorms"], strict=True), 1):
        fall = losses.add(loss)
        if fall is not None:
            said.setdefault("rises" if fall.rises else "flat", []).append(step)
        if norm is not None and norms.add(norm) is not None:
            said.setdefault("norm", []).append(step)
        if step in measured and evals.add(step, measured[step], loss) is not None:
            said.setdefault("eval", []).append(step)
    return said


def test_the_shipped_sample_is_left_in_peace() -> None:
    assert said_of("yoda") == {}


def test_a_rate_that_teaches_nothing_shows_after_two_epochs() -> None:
    assert said_of("yoda-rate-too-low") == {"flat": [82]}


def test_a_training_that_fails_at_its_tenth_step_is_left_to_its_failure() -> None:
    assert said_of("yoda-rate-too-high") == {}


def test_rows_learnt_by_heart_show_in_the_eval_loss() -> None:
    assert said_of("yoda-14-epochs") == {"eval": [175]}


def falling(start: float, part: float, tau: float, noise: float, steps: int, seed: int) -> list[float]:
    chance = random.Random(seed)
    return [start * (1 - part * (1 - math.exp(-step / tau))) + chance.gauss(0, noise) for step in range(steps)]


def judged(values: list[float], **settings: int) -> str | None:
    losses = Losses(len(values), **settings)
    found = [fall for fall in map(losses.add, values) if fall is not None]
    assert len(found) <= 1, "said once"
    return None if not found else "rises" if found[0].rises else "flat"


@pytest.mark.parametrize(
    ("part", "tau", "noise"), [(0.3, 30, 0.2), (0.1, 60, 0.2), (0.05, 60, 0.1), (0.1, 300, 0.1), (0.03, 100, 0.05)]
)
def test_a_loss_that_falls_little_and_noisily_is_no_flat_one(part: float, tau: float, noise: float) -> None:
    assert {judged(falling(1.2, part, tau, noise, 600, seed)) for seed in range(40)} == {None}


def test_what_stays_and_what_rises() -> None:
    assert judged(falling(2.0, 0, 30, 0.01, 200, 1)) == "flat"
    assert judged(falling(2.0, -0.3, 60, 0.05, 300, 1)) == "rises"
    # a short run is too short to judge, a loss near zero has nowhere to fall, a warm-up has hardly begun
    assert judged(falling(2.0, 0, 30, 0.01, 39, 1), epoch_steps=10) is None
    assert judged(falling(0.05, 0, 30, 0.0001, 300, 1)) is None
    assert judged(falling(2.0, 0, 30, 0.01, 200, 1), warmup_steps=150) is None


def test_gradients() -> None:
    def said(late: list[float], limit: float = 1.0) -> list[float]:
        norms = GradientNorms(limit)
        return [usual for norm in [0.5, 0.4] * 20 + late if (usual := norms.add(norm)) is not None]

    assert said([0.5, 9.0, 0.4, 8.0, 0.5, 0.4]) == [], "single batches are odd now and then"
    assert said([6.0, 12.0, 30.0, 90.0]) == [0.45], "said once, with what was usual"
    assert said([6.0, 12.0, 30.0, 90.0], limit=100.0) == []
    tiny = GradientNorms(1.0)
    assert [tiny.add(norm) for norm in [0.001] * 40 + [0.5] * 5] == [None] * 45


def test_said_in_a_real_training(trainer: TrainerProcess, folder: Path) -> None:
    # A weight decay can't hide it: at this rate the weights stay what they were.
    idle = {"training": {"learning_rate": 1e-12, "num_train_epochs": 8}, "memory": {"per_device_train_batch_size": 4}}
    until_train = STEPS[: STEPS.index("train") + 1]
    events = trainer.run(until_train, recipe(folder, lora={"lora_dropout": 0.0}, train=idle))
    (warning,) = [event for event in of_type(events, "warning") if event["step"] == "train"]
    assert (warning["kind"], warning["recipePath"]) == ("lossNotFalling", ["train", "training", "learning_rate"])
    steps, start, now, rate = warning["args"]
    assert (int(steps) >= 40, rate) == (True, "1e-12")
    assert float(start) == pytest.approx(float(now), rel=0.01)
