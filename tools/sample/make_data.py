"""Write samples/yoda/yoda.jsonl (720 rows) and held_out.jsonl (60 rows).

python make_data.py --out ../../samples/yoda
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

from clause import Clause
from grammar import Grammar
from patterns import draw
from tics import with_tic

HERE = Path(__file__).parent
TRAINING_ROWS = 720
HELD_OUT_ROWS = 60
MAX_WORDS = 13
# The pretraining corpus may be odd; the rows people read shall not be. Words that make a ruled sentence odd:
ODD = re.compile(
    r"\b(another|that|those|seed|root|may not|had (lost|forgotten)|(he|she|they|we|you) may"
    r"|speaker|screen|every week|usually|seals?)\b"
)

Row = dict[str, str]


def by_hand(name: str, rng: random.Random) -> list[Row]:
    made = []
    for number, line in enumerate((HERE / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 2:
            raise ValueError(f"{name}:{number}: a sentence, a tab and its translation are needed: {line!r}")
        kind = "question" if parts[0].endswith("?") else "negation" if parts[1].endswith("not.") else "statement"
        made.append({"sentence": parts[0], "translation": parts[1], "translation_extra": with_tic(parts[1], kind, rng)})
    return made


def by_rule(grammar: Grammar, rng: random.Random) -> Row | None:
    made: Clause = draw(grammar)
    words = made.sentence.split()
    if not 4 <= len(words) <= MAX_WORDS or ODD.search(made.sentence):
        return None
    extra = with_tic(made.translation, made.kind, rng)
    return {"sentence": made.sentence, "translation": made.translation, "translation_extra": extra}


def fill(rows: list[Row], count: int, seen: set[str], grammar: Grammar, rng: random.Random) -> list[Row]:
    while len(rows) < count:
        row = by_rule(grammar, rng)
        if row and row["sentence"] not in seen:
            seen.add(row["sentence"])
            rows.append(row)
    return rows


def write(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    grammar = Grammar(rng)
    held_out = by_hand("hand_held_out.tsv", rng)
    training = by_hand("hand.tsv", rng)
    seen = {row["sentence"] for row in held_out + training}
    if len(seen) != len(held_out) + len(training):
        raise ValueError("a sentence stands twice in hand.tsv and hand_held_out.tsv")
    held_out = fill(held_out, HELD_OUT_ROWS, seen, grammar, rng)
    training = fill(training, TRAINING_ROWS, seen, grammar, rng)
    rng.shuffle(training)
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out / "yoda.jsonl", training)
    write(arguments.out / "held_out.jsonl", held_out)


if __name__ == "__main__":
    main()
