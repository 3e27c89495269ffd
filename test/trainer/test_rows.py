"""Rows are read as they are, and become conversations."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from recipes import recipe
from trainer_process import TrainerProcess, of_type, only
from tunebook_trainer.conversations import BadRowError, RowReader
from tunebook_trainer.data_files import read_rows
from tunebook_trainer.failures import StepError
from tunebook_trainer.splits import split_rows

COLUMNS = {"prompt": "q", "completion": "a", "system": None, "messages": None}
NONE = dict.fromkeys(COLUMNS)


def test_csv_keeps_every_value_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b'\xef\xbb\xbfq,a,n\r\n"one,\r\ntwo",NA,007\r\n"say ""hi""",null,1e5\r\n')
    assert read_rows(path, None) == [
        ("rows.csv:2", {"q": "one,\r\ntwo", "a": "NA", "n": "007"}),
        ("rows.csv:4", {"q": 'say "hi"', "a": "null", "n": "1e5"}),
    ]


def test_tsv_json_and_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    rows = [{"q": "1\t2", "a": "x", "m": [{"role": "user", "content": "u"}]}, {"q": "é", "a": "y", "m": []}]
    (tmp_path / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    assert read_rows(tmp_path / "rows.json", 1) == [("rows.json[0]", rows[0])]
    (tmp_path / "rows.tsv").write_text("q\ta\nx\ty\n", encoding="utf-8")
    assert read_rows(tmp_path / "rows.tsv", None) == [("rows.tsv:2", {"q": "x", "a": "y"})]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "rows.parquet")
    assert read_rows(tmp_path / "rows.parquet", None) == [("rows.parquet[0]", rows[0]), ("rows.parquet[1]", rows[1])]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_gzip_is_told_by_its_bytes(tmp_path: Path, suffix: str) -> None:
    import pyarrow
    import pyarrow.parquet

    rows = [{"q": "é", "a": "x"}, {"q": "b", "a": "y"}]
    contents = {
        "rows.jsonl": "\n".join(map(json.dumps, rows)).encode(),
        "rows.json": json.dumps(rows).encode(),
        "rows.csv": "\ufeffq,a\r\né,x\r\nb,y\r\n".encode(),
        "rows.tsv": "q\ta\né\tx\nb\ty\n".encode(),
    }
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), sink)
    contents["rows.parquet"] = sink.getvalue().to_pybytes()
    for name, content in contents.items():
        for stored in (content, gzip.compress(content)):
            path = tmp_path / (name + suffix)
            path.write_bytes(stored)
            assert [row for _, row in read_rows(path, None)] == rows


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b'{"q": 1}\n{"q": }\n', "a.jsonl:2: not JSON"),
        ("a.jsonl", b'{"q": 1}\n\n[1]\n', "a.jsonl:3: expected an object with columns, found a list"),
        ("a.jsonl", b'{"q": "\xff"}\n', "a.jsonl: not UTF-8 text"),
        ("a.json", b'{"q": 1}\n{"q": 2}\n', "a.json:2: not JSON: Extra data. One object a line is a .jsonl file."),
        ("a.json", b'{"q": 1}', "a.json: expected a list of rows, found an object."),
        ("a.csv", b"q,a\n1,2\n1,2,3\n", "a.csv:3: 3 cells, but the header has 2"),
        ("a.csv", b'q,a\n1,"2\n', "a.csv:2: unexpected end of data"),
        ("a.parquet", b"no parquet", "a.parquet: no Parquet file"),
        ("a.txt", b"hello", "a.txt: rows are read from .jsonl"),
        ("a.jsonl.gz", gzip.compress(b'{"q": 1}\n' * 9000)[:-20], "a.jsonl.gz: cannot be decompressed: "),
        ("a.jsonl.gz", gzip.compress(b'{"q": }\n'), "a.jsonl.gz:1: not JSON"),
    ],
)
def test_what_cannot_be_read_names_its_place(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StepError) as raised:
        read_rows(tmp_path / name, None)
    assert raised.value.kind == "datasetInvalid"
    assert raised.value.message.startswith(message)


@pytest.mark.parametrize(
    ("columns", "row", "roles"),
    [
        (COLUMNS, {"q": "hi", "a": "yo"}, ["user", "assistant"]),
        ({**COLUMNS, "system": "s"}, {"q": "hi", "a": 7, "s": "Be brief."}, ["system", "user", "assistant"]),
        ({**COLUMNS, "system": "s"}, {"q": "hi", "a": "yo", "s": ""}, ["user", "assistant"]),
        (NONE, {"prompt": "hi", "completion": "yo"}, ["user", "assistant"]),
        (
            NONE,
            {"prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}], "completion": "yo"},
            ["system", "user", "assistant"],
        ),
        (
            NONE,
            {
                "messages": [
                    {"role": "user", "content": [{"type": "text", "text": "u"}]},
                    {"role": "assistant", "content": "a"},
                ]
            },
            ["user", "assistant"],
        ),
        (
            NONE,
            {"conversations": [{"from": "human", "value": "u"}, {"from": "gpt", "value": "a"}]},
            ["user", "assistant"],
        ),
    ],
)
def test_rows_become_conversations(columns: dict[str, str | None], row: dict[str, Any], roles: list[str]) -> None:
    messages = RowReader(columns, list(row)).read(row)
    assert [message["role"] for message in messages] == roles
    assert all(set(message) == {"role", "content"} for message in messages)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"messages": []}, "column messages is no list of messages"),
        ({"messages": [{"role": "pirate", "content": "arr"}]}, "messages[0].role is 'pirate', not one of system, user"),
        ({"messages": [{"role": "user", "content": "u"}]}, "the assistant says nothing"),
        ({"messages": [{"role": "user", "content": None}]}, "messages[0].content is no text"),
        ({"messages": [{"role": "user", "content": [{"type": "image"}]}]}, "messages[0].content has a part"),
    ],
)
def test_bad_rows_say_why(row: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRowError) as raised:
        RowReader(NONE, list(row)).read(row)
    assert str(raised.value).startswith(reason)


def test_evaluation_rows_are_drawn_and_both_parts_keep_their_order() -> None:
    train, evaluation = split_rows(list(range(100)), 0.1, shuffle=False, seed=1)
    assert (len(train), len(evaluation)) == (90, 10)
    assert sorted(train + evaluation) == list(range(100))
    assert train == sorted(train)
    assert evaluation == sorted(evaluation)
    assert evaluation != list(range(90, 100))
    assert split_rows(list(range(100)), 0.1, shuffle=False, seed=1) == (train, evaluation)
    assert split_rows(list(range(100)), 0.1, shuffle=False, seed=2)[1] != evaluation
    mixed, _ = split_rows(list(range(100)), 0, shuffle=True, seed=1)
    assert mixed != sorted(mixed)


def test_a_system_prompt_is_put_before_rows_that_have_none(trainer: TrainerProcess, folder: Path) -> None:
    rows = [
        {"messages": [{"role": "user", "content": "u"}, {"role": "assistant", "content": "a"}]},
        {
            "messages": [
                {"role": "system", "content": "mine"},
                {"role": "user", "content": "u"},
                {"role": "assistant", "content": "a"},
            ]
        },
    ]
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    columns = {"prompt": None, "completion": None}
    events = trainer.run(["data"], recipe(folder, data={"columns": columns, "system_prompt": "Be brief."}))
    first, second = (sample["messages"] for sample in only(events, "dataset")["samples"])
    assert first[0] == {"role": "system", "content": "Be brief.", "toolCalls": None}
    assert second[0] == {"role": "system", "content": "mine", "toolCalls": None}
    assert only(events, "warning")["args"] == ["1"]


def test_a_folder_like_a_hub_data_set(trainer: TrainerProcess, folder: Path) -> None:
    (folder / "set").mkdir()
    for name, count in (("train", 6), ("test", 3)):
        lines = [json.dumps({"sentence": f"{name} {number}", "translation_extra": "x"}) for number in range(count)]
        (folder / "set" / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    events = trainer.run(["data"], recipe(folder, data={"path": "./set", "eval_split": "test", "limit": 5}))
    assert of_type(events, "stepFailed") == []
    dataset = only(events, "dataset")
    assert (dataset["trainRows"], dataset["evalRows"]) == (5, 3)
    assert dataset["samples"][0]["messages"][0]["content"] == "train 0"
