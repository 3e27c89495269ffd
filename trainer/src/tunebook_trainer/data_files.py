"""
Reads local rows as they are. `datasets` would guess types (a CSV's "007" becomes 7), fill missing keys of JSON rows
with null, and tell no line for a bad row; these readers change nothing and know where each row stands.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from .failures import StepError

FORMATS = (".jsonl", ".json", ".csv", ".tsv", ".parquet")
SUFFIXES = (*FORMATS, *(f"{name}.gz" for name in FORMATS))

# Where a row stands ("yoda.jsonl:17") and what it holds.
Row = tuple[str, dict[str, Any]]


def read_rows(path: Path, limit: int | None) -> list[Row]:
    """The first `limit` rows, of a gzip file too. Raises OSError, or StepError with the line that cannot be read."""
    readers = {".jsonl": _json_lines, ".json": _json, ".csv": _csv, ".tsv": _tsv, ".parquet": _parquet}
    name = path.name.lower().removesuffix(".gz")
    reader = next((reader for suffix, reader in readers.items() if name.endswith(suffix)), None)
    if reader is None:
        raise invalid(f"{path.name}: rows are read from {', '.join(FORMATS)} files, also as .gz.", path=str(path))
    rows: list[Row] = []
    try:
        for row in reader(path):
            rows.append(row)
            if limit is not None and len(rows) >= limit:
                break
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 text (byte {error.start} of a block)"
        raise invalid(f"{path.name}: {reason}. Save the file as UTF-8.", path=str(path), reason=reason) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        # gzip raises EOFError where the file ends too early, zlib.error where its data are damaged
        reason = f"cannot be decompressed: {error}"
        raise invalid(f"{path.name}: {reason} Download or copy it again.", path=str(path), reason=reason) from error
    return rows


def _bytes(path: Path) -> BinaryIO:
    """By the first bytes, not the name: what a server has decompressed on its way often keeps its .gz."""
    file = path.open("rb")
    magic = file.read(2)
    file.seek(0)
    if magic != b"\x1f\x8b":
        return file
    file.close()
    return gzip.open(path, "rb")


def _text(path: Path, newline: str | None) -> TextIO:
    # utf-8-sig: editors on Windows put a byte order mark first.
    return io.TextIOWrapper(_bytes(path), encoding="utf-8-sig", newline=newline)


def invalid(message: str, recipe_path: list[str] | None = None, **facts: Any) -> StepError:
    return StepError("datasetInvalid", message, recipe_path or ["data", "path"], **facts)


def _json_lines(path: Path) -> Iterator[Row]:
    with _text(path, "\n") as file:
        for number, line in enumerate(file, 1):
            if line.strip() == "":
                continue
            place = f"{path.name}:{number}"
            try:
                value = json.loads(line)
            except ValueError as error:
                raise invalid(
                    f"{place}: not JSON: {error}",
                    path=str(path),
                    line=number,
                    value=line.strip()[:200],
                    reason=str(error),
                ) from error
            yield place, _object(value, place, path, number)


def _json(path: Path) -> Iterator[Row]:
    with _text(path, None) as file:
        text = file.read()
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        hint = " One object a line is a .jsonl file." if error.msg == "Extra data" else ""
        raise invalid(
            f"{path.name}:{error.lineno}: not JSON: {error.msg}.{hint}",
            path=str(path),
            line=error.lineno,
            reason=error.msg,
        ) from error
    if not isinstance(value, list):
        raise invalid(f"{path.name}: expected a list of rows, found {_kind(value)}.", path=str(path))
    for index, item in enumerate(value):
        place = f"{path.name}[{index}]"
        yield place, _object(item, place, path, None)


def _object(value: Any, place: str, path: Path, line: int | None) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    reason = f"expected an object with columns, found {_kind(value)}"
    raise invalid(f"{place}: {reason}.", path=str(path), line=line, value=repr(value)[:200], reason=reason)


def _csv(path: Path) -> Iterator[Row]:
    return _delimited(path, ",")


def _tsv(path: Path) -> Iterator[Row]:
    return _delimited(path, "\t")


def _delimited(path: Path, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(2**31 - 1)
    with _text(path, "") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        header: list[str] | None = None
        start = 1
        try:
            for cells in reader:
                place, line, start = f"{path.name}:{start}", start, reader.line_num + 1
                if header is None:
                    header = cells
                elif cells and len(cells) != len(header):
                    reason = f"{len(cells)} cells, but the header has {len(header)}"
                    raise invalid(f"{place}: {reason}.", path=str(path), line=line, reason=reason)
                elif cells:
                    yield place, dict(zip(header, cells, strict=True))
        except csv.Error as error:
            raise invalid(f"{path.name}:{start}: {error}.", path=str(path), line=start, reason=str(error)) from error


def _parquet(path: Path) -> Iterator[Row]:
    import pyarrow
    import pyarrow.parquet

    try:
        with _bytes(path) as source, pyarrow.parquet.ParquetFile(source) as file:
            index = 0
            for batch in file.iter_batches():
                for row in batch.to_pylist():
                    yield f"{path.name}[{index}]", row
                    index += 1
    except pyarrow.ArrowInvalid as error:
        raise invalid(f"{path.name}: no Parquet file: {error}", path=str(path), reason=str(error)) from error


def _kind(value: Any) -> str:
    return {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )
