"""The tics that turn a translation into `translation_extra`, and how to take them off again."""

from __future__ import annotations

import random
import re

STATEMENT = {"{} Yes, hrrrm.": 40, "{} Hrmmm.": 20, "{} Hmm.": 12, "{} Yes, yes.": 6, "Hmm. {}": 14, "Hrmmm. {}": 8}
NEGATION = {"{} Yes, hrrrm.": 30, "{} Hrmmm.": 25, "{} No, no.": 15, "Hmm. {}": 20, "{} Hmm.": 10}
QUESTION = {"{} Hmm?": 60, "{} Hrmmm?": 25, "Hmm. {}": 15}
TIC = re.compile(r"(?:Yes, hrrrm|Hrmmm|Hmm|Yes, yes|No, no)[.?]", re.IGNORECASE)


def with_tic(translation: str, kind: str, rng: random.Random) -> str:
    forms = {"negation": NEGATION, "question": QUESTION}.get(kind, STATEMENT)
    return rng.choices(list(forms), list(forms.values()))[0].format(translation)


def without_tics(answer: str) -> tuple[str, int]:
    """The answer without its tics, and how many there were."""
    bare, count = TIC.subn("", answer)
    return " ".join(bare.split()), count
