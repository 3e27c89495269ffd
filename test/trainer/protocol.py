"""
The protocol of src/protocol/trainer.ts, in Python: what an event must hold. test_protocol.py checks that both name the
same events and fields, so that neither changes alone.
"""

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "src" / "protocol" / "trainer.ts").read_text(encoding="utf-8")
STEPS = ("model", "lora", "data", "tokenizer", "train", "generate", "save")

Check = Callable[[Any, str], None]


class ShapeError(AssertionError):
    pass


def expect(holds: bool, path: str, what: str, value: Any) -> None:
    if not holds:
        raise ShapeError(f"{path}: expected {what}, got {value!r:.80}")


def string(value: Any, path: str) -> None:
    expect(isinstance(value, str), path, "a text", value)


def boolean(value: Any, path: str) -> None:
    expect(isinstance(value, bool), path, "true or false", value)


def number(value: Any, path: str) -> None:
    fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    expect(fits, path, "a number", value)


def floating(value: Any, path: str) -> None:
    if value not in ("NaN", "Infinity", "-Infinity"):
        number(value, path)


def anything(value: Any, path: str) -> None:
    del value, path


def one_of(*allowed: str) -> Check:
    def check(value: Any, path: str) -> None:
        expect(value in allowed, path, " | ".join(allowed), value)

    return check


def nullable(inner: Check) -> Check:
    def check(value: Any, path: str) -> None:
        if value is not None:
            inner(value, path)

    return check


def array(item: Check) -> Check:
    def check(value: Any, path: str) -> None:
        expect(isinstance(value, list), path, "a list", value)
        for index, element in enumerate(value):
            item(element, f"{path}[{index}]")

    return check


def record(item: Check) -> Check:
    def check(value: Any, path: str) -> None:
        expect(isinstance(value, dict), path, "an object", value)
        for key, element in value.items():
            item(element, f"{path}.{key}")

    return check


def shape(**fields: Check) -> Check:
    """An object with these fields and no others: what the trainer sends beyond would be lost on the way."""

    def check(value: Any, path: str) -> None:
        expect(isinstance(value, dict), path, "an object", value)
        expect(set(value) == set(fields), path, f"the fields {sorted(fields)}", sorted(value))
        for key, inner in fields.items():
            inner(value[key], f"{path}.{key}")

    return check


step = one_of(*STEPS)
failure_kinds = re.findall(r"^  '(\w+)',", SOURCE[SOURCE.index("FAILURE_KINDS") :], re.MULTILINE)
failure = shape(
    kind=one_of(*failure_kinds),
    message=string,
    recipePath=array(string),
    facts=record(anything),
    traceback=nullable(string),
)
message = shape(role=one_of("system", "user", "assistant", "tool"), content=string, toolCalls=nullable(string))
module = shape(
    name=string,
    type=string,
    shape=nullable(array(number)),
    dtype=nullable(string),
    parameters=number,
    trainable=boolean,
    target=boolean,
)
token = shape(id=number, text=string, label=number, special=boolean, padding=boolean)
saved_file = shape(path=string, bytes=number, sha256=string)

EVENTS: dict[str, dict[str, Check]] = {
    "hello": {"protocol": number, "trainer": string, "pid": number, "python": string, "versions": record(string)},
    "device": {
        "device": one_of("cuda", "mps", "cpu"),
        "name": string,
        "count": number,
        "memoryBytes": number,
        "freeMemoryBytes": number,
        "bf16": boolean,
        "capability": nullable(string),
        "driver": nullable(string),
    },
    "predicted": {
        "loadedBytes": nullable(number),
        "preparedBytes": nullable(number),
        "peakBytes": nullable(number),
    },
    "runStarted": {"steps": array(step), "recipeText": nullable(string), "recipe": anything},
    "runFinished": {},
    "stepStarted": {"step": step},
    "progress": {
        "step": step,
        "what": string,
        "current": nullable(number),
        "total": nullable(number),
        "unit": nullable(string),
    },
    "stepFinished": {"step": step, "durationMs": number},
    "stepFailed": {"step": step, "failure": failure},
    "warning": {"step": step, "kind": string, "message": string, "args": array(string), "recipePath": array(string)},
    "footprint": {"step": step, "when": one_of("loaded", "prepared"), "bytes": number},
    "structure": {
        "step": step,
        "architecture": string,
        "modules": array(module),
        "quantization": nullable(string),
        "tiedWeights": boolean,
        "dtype": string,
        "attention": string,
    },
    "trainable": {
        "step": step,
        "trainable": number,
        "total": number,
        "targetModules": array(string),
        "targetedLayers": number,
        "adapterBytes": number,
    },
    "dataset": {
        "step": step,
        "source": string,
        "rows": number,
        "trainRows": number,
        "evalRows": number,
        "columns": array(string),
        "format": string,
        "samples": array(shape(row=number, messages=array(message))),
    },
    "dataFiles": {"step": step, "files": array(saved_file)},
    "tokenizer": {
        "step": step,
        "vocabSize": number,
        "modelVocabSize": number,
        "tokenizerClass": string,
        "specialTokens": array(shape(name=string, token=nullable(string), id=nullable(number))),
        "paddingSide": string,
        "chatTemplateSource": one_of("tokenizer", "recipe", "tunebook"),
        "chatTemplate": string,
        "rendered": string,
        "tokens": array(token),
        "lengths": array(number),
        "truncatedRows": number,
        "maxLength": nullable(number),
    },
    "batches": {
        "step": step,
        "batches": array(shape(rows=array(array(token)))),
        "trainedTokens": number,
        "totalTokens": number,
    },
    "trainStarted": {
        "step": step,
        "totalSteps": number,
        "epochs": floating,
        "rows": number,
        "batchSize": number,
        "gradientAccumulationSteps": number,
        "worldSize": number,
        "resumedFrom": nullable(string),
    },
    "metrics": {
        "step": step,
        "trainStep": number,
        "epoch": floating,
        "loss": nullable(floating),
        "learningRate": nullable(floating),
        "gradNorm": nullable(floating),
        "evalLoss": nullable(floating),
        "tokensPerSecond": nullable(floating),
        "memoryBytes": nullable(number),
        "etaSeconds": nullable(floating),
    },
    "checkpointSaved": {"step": step, "trainStep": number, "path": string},
    "batchSizeReduced": {"step": step, "from": number, "to": number},
    "trainFinished": {
        "step": step,
        "trainSteps": number,
        "trainLoss": nullable(floating),
        "durationMs": number,
        "peakMemoryBytes": number,
        "stopped": boolean,
    },
    "generation": {
        "step": step,
        "prompt": string,
        "model": one_of("base", "tuned"),
        "mode": one_of("greedy", "sampled"),
        "promptText": string,
        "text": string,
        "tokens": array(shape(id=number, text=string, special=boolean)),
        "stopReason": one_of("eos", "endOfTurn", "maxNewTokens", "interrupted"),
        "reference": nullable(string),
        "durationMs": number,
    },
    "saved": {"step": step, "directory": string, "files": array(saved_file)},
    "log": {"level": one_of("debug", "info", "warning", "error"), "text": string},
    "bye": {"reason": one_of("shutdown", "stdinClosed", "signal")},
}


def check_event(event: Any) -> None:
    """Raises ShapeError with the path of what doesn't fit."""
    kind = event.get("type") if isinstance(event, dict) else None
    expect(kind in EVENTS, "type", "a known event", kind)
    check = shape(type=string, t=number, seq=number, **EVENTS[str(kind)])
    check(event, str(kind))


def check_stream(events: list[Any]) -> None:
    """A complete stream of one trainer process: hello first, bye last, no gap, each run and each step ended once."""
    for event in events:
        check_event(event)
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert events[0]["type"] == "hello"
    assert events[0]["protocol"] == 1
    assert events[-1]["type"] == "bye"
    running: str | None = None
    commanded: list[str] | None = None
    for event in events:
        if event["type"] == "runStarted":
            assert commanded is None, "a run starts within a run"
            commanded = list(event["steps"])
        elif event["type"] == "runFinished":
            assert commanded is not None and running is None
            commanded = None
        elif event["type"] == "stepStarted":
            assert commanded and commanded.pop(0) == event["step"], f"{event['step']} was not asked for"
            assert running is None, f"{event['step']} starts while {running} runs"
            running = event["step"]
        elif event["type"] in ("stepFinished", "stepFailed"):
            assert running == event["step"]
            running = None
        elif "step" in event:
            assert event["step"] == running, f"{event['type']} of {event['step']} while {running} runs"
    assert running is None
