"""Both sides speak of the same events."""

import json
import math
import re
from pathlib import Path

import pytest
from conftest import PREDICTED, Loop
from tunebook_trainer import protocol as spoken
from tunebook_trainer.protocol.commands import CommandError, End, Run, parse_command
from tunebook_trainer.protocol.json_line import encode_line

from protocol import EVENTS, SOURCE, STEPS, ShapeError, check_event, check_stream, failure_kinds

TRANSCRIPTS = Path(__file__).resolve().parents[1] / "transcripts"
COMMAND_FILES = sorted(TRANSCRIPTS.glob("commands*.jsonl"))
EVENT_FILES = sorted(set(TRANSCRIPTS.glob("*.jsonl")) - set(COMMAND_FILES))


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_description_names_the_events_and_fields_of_the_contract() -> None:
    body = SOURCE[SOURCE.index("export const events = {") : SOURCE.index("type Events =")]
    body = re.sub(r"/\*\*.*?\*/|//[^\n]*", "", body, flags=re.DOTALL)
    found: dict[str, set[str]] = {}
    for match in re.finditer(r"event\('(\w+)', \{", body):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        fields = re.sub(r"\([^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*\)", "", body[match.end() : end - 1])
        found[match[1]] = set(re.findall(r"(\w+)(?::|,|$|\s*$)", re.sub(r":\s*\w+", ":", fields)))
    assert {name: set(fields) for name, fields in EVENTS.items()} == found


def test_the_trainer_knows_the_contracts_number_and_steps() -> None:
    assert f"PROTOCOL = {spoken.PROTOCOL};" in SOURCE
    assert spoken.STEPS == STEPS
    assert "outOfMemory" in failure_kinds
    assert "unknown" in failure_kinds


@pytest.mark.parametrize("path", EVENT_FILES, ids=lambda path: path.name)
def test_golden_events_are_whole_streams(path: Path) -> None:
    check_stream(read(path))


def test_golden_events_show_every_event() -> None:
    assert {event["type"] for path in EVENT_FILES for event in read(path)} == set(EVENTS)


@pytest.mark.parametrize("path", COMMAND_FILES, ids=lambda path: path.name)
def test_golden_commands_are_understood(path: Path) -> None:
    commands = [parse_command(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert commands
    for command in commands:
        if isinstance(command, Run):
            assert set(command.recipe) == {"name", "recipeFile", "baseDirectory", "sections"}
            assert set(command.recipe["sections"]) == set(STEPS)


def test_a_prediction_is_optional_and_may_be_empty() -> None:
    line = (TRANSCRIPTS / "commands-loop.jsonl").read_text(encoding="utf-8").splitlines()[0]
    command = json.loads(line)
    command.pop("predicted", None)
    without = parse_command(json.dumps(command))
    empty = parse_command(json.dumps({**command, "predicted": None}))
    whole = parse_command(json.dumps({**command, "predicted": PREDICTED}))
    assert isinstance(without, Run)
    assert without.predicted is None
    assert isinstance(empty, Run)
    assert empty.predicted == dict.fromkeys(PREDICTED)
    assert isinstance(whole, Run)
    assert whole.predicted == PREDICTED


def test_commands() -> None:
    assert parse_command('{"type":"stop"}') is None
    assert parse_command('{"type":"shutdown"}') == End("shutdown")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "unknown command None"),
        ('{"type":"dance"}', "unknown command 'dance'"),
        ('{"type":"run","steps":["bake"],"recipe":{"sections":{}}}', "steps are not of model"),
        ('{"type":"run","steps":["model"]}', "recipe has no sections"),
    ],
)
def test_what_is_no_command_is_told_apart(line: str, reason: str) -> None:
    with pytest.raises(CommandError, match=re.escape(reason)):
        parse_command(line)


def test_numbers_that_json_lacks_travel_as_strings() -> None:
    line = encode_line({"a": math.nan, "b": [math.inf, {"c": -math.inf}], "d": 1.5})
    assert json.loads(line) == {"a": "NaN", "b": ["Infinity", {"c": "-Infinity"}], "d": 1.5}


def test_a_field_too_many_or_missing_is_seen() -> None:
    event = {"type": "bye", "t": 1, "seq": 0, "reason": "shutdown"}
    check_event(event)
    with pytest.raises(ShapeError, match="the fields"):
        check_event({**event, "more": 1})
    with pytest.raises(ShapeError, match="shutdown"):
        check_event({**event, "reason": "bored"})


def test_what_the_trainer_sends_is_a_whole_stream(loop: Loop) -> None:
    check_stream(loop.events)
    assert loop.code == 0
    assert loop.noise == []


def test_the_run_directory_holds_the_same_lines(loop: Loop) -> None:
    assert read(loop.run_directory / "events.jsonl") == loop.events
    assert not (loop.run_directory / ".reserve").exists()
    environment = json.loads((loop.run_directory / "environment.json").read_text(encoding="utf-8"))
    hello = loop.events[0]
    assert environment["versions"] == hello["versions"]
    assert environment["device"]["device"] == "cpu"
