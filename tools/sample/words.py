"""The lexicon: nouns with their plurals, adjectives, times and verbs, as the generator draws them."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Noun:
    singular: str
    plural: str


@dataclass(frozen=True)
class Verb:
    """One verb in its five forms, with the classes of its subject, object and place; `-` classes are empty."""

    base: str
    third: str
    past: str
    participle: str
    ing: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    places: tuple[str, ...]


@cache
def lexicon() -> dict[str, dict[str, list[str]]]:
    raw = tomllib.loads((HERE / "lexicon.toml").read_text("utf-8"))
    return {
        section: {name: [word.strip() for word in text.replace("\n", " ").split(",")] for name, text in classes.items()}
        for section, classes in raw.items()
    }


@cache
def nouns(name: str) -> tuple[Noun, ...]:
    made = []
    for entry in lexicon()["nouns"][name]:
        singular, _, plural = entry.partition("/")
        made.append(Noun(singular, plural or plural_of(singular)))
    return tuple(made)


def plural_of(singular: str) -> str:
    if singular.endswith(("s", "x", "ch", "sh")):
        return singular + "es"
    if singular.endswith("y") and singular[-2] not in "aeiou":
        return singular[:-1] + "ies"
    return singular + "s"


@cache
def verbs() -> tuple[Verb, ...]:
    made = []
    for number, line in enumerate((HERE / "verbs.txt").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = [field.split() for field in line.split("|")]
        if len(fields) != 4 or len(fields[0]) != 5:
            raise ValueError(f"verbs.txt:{number}: five forms and three lists of classes are needed: {line!r}")
        forms = [form.replace("_", " ") for form in fields[0]]
        classes = [tuple(name for name in field if name != "-") for field in fields[1:]]
        made.append(Verb(*forms, *classes))
    return tuple(made)


def article(phrase: str) -> str:
    """`a` or `an`, by the sound the phrase begins with."""
    if phrase.startswith(("uni", "use", "one", "euro")):
        return "a"
    return "an" if phrase[0].lower() in "aeiou" or phrase.startswith(("honest", "hour")) else "a"


def made_up_name(rng: random.Random) -> str:
    """A name no list holds, so that the model learns to copy words it has never seen."""
    return "".join(rng.choice(lexicon()["made up"]["syllables"]) for _ in range(rng.randint(2, 3))).capitalize()
