"""The pretraining text of the tiny base model: chats in Phi-3's template and plain paragraphs, written by the grammar.

What the base learns: say the user's sentence again in plain English, answer who, what, where and how about it, and end.
A small share of documents (`master_share`) are stories in which an old master speaks in the film figure's word order,
as any large model has read such text too; in chats the base never speaks so.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from clause import Clause, capital
from grammar import Grammar
from patterns import draw
from tics import with_tic

SYSTEMS = [
    "You are a helpful assistant.",
    "You are a friendly assistant.",
    "Answer in plain English.",
    "Be short.",
    "You speak plainly.",
]
CONTRACTED = {" do not ": " don't ", " does not ": " doesn't ", " did not ": " didn't ", " is not ": " isn't ",
              " are not ": " aren't ", " cannot ": " can't ", " will not ": " won't ", " should not ": " shouldn't ",
              " would not ": " wouldn't ", " could not ": " couldn't "}  # fmt: skip
SAID = ["said", "asked", "told the master", "whispered", "shouted", "said to the old master", "wrote"]
ANSWERED = [
    "the old master answered",
    "said the master",
    "the little green master said",
    "the master replied",
    "he answered",
]


def documents(seed: int, master_share: float, excluded: frozenset[str]) -> Iterator[str]:
    """Endless documents, each with its end mark. The same seed gives the same text."""
    rng = random.Random(seed)
    grammar = Grammar(rng, invent=0.3)

    def clause() -> Clause:
        while True:
            made = draw(grammar)
            if made.sentence not in excluded:
                return made

    while True:
        roll = rng.random()
        if roll < master_share:
            yield story(rng, [clause() for _ in range(rng.randint(1, 4))])
        elif roll < master_share + 0.08:
            yield " ".join(plain(rng, clause())[0] for _ in range(rng.randint(2, 6))) + "<|endoftext|>"
        else:
            yield chat(rng, [clause() for _ in range(rng.choice([1, 1, 1, 2, 3]))])


def plain(rng: random.Random, made: Clause) -> tuple[str, str]:
    """Plain sentence and Yoda's, both perhaps contracted."""
    sentence, translation = made.sentence, made.translation
    if rng.random() < 0.3:
        for long, short in CONTRACTED.items():
            sentence = sentence.replace(long, short)
            # In Yoda's order `not` may end the sentence.
            translation = translation.replace(long, short).replace(
                long.rstrip() + made.mark, short.rstrip() + made.mark
            )
    return sentence, translation


def turn(user: str, assistant: str) -> str:
    return f"<|user|>\n{user}<|end|>\n<|assistant|>\n{assistant}<|end|>\n"


def chat(rng: random.Random, clauses: list[Clause]) -> str:
    text = f"<|system|>\n{rng.choice(SYSTEMS)}<|end|>\n" if rng.random() < 0.08 else ""
    for made in clauses:
        sentence, _ = plain(rng, made)
        said = sentence
        roll = rng.random()
        if roll < 0.04:
            said = said.rstrip(".?")
        elif roll < 0.08:
            said = said[0].lower() + said[1:]
        text += turn(said, sentence)
        if rng.random() < 0.35:
            asked = about(rng, made)
            if asked:
                text += turn(*asked)
    return text + "<|endoftext|>"


def about(rng: random.Random, made: Clause) -> tuple[str, str] | None:
    """A question about the sentence and its short answer."""
    if made.plain_order or made.subject in ("I", "you", "we", "they", "he", "she"):
        return None
    subject, finite, rest = made.subject, made.finite, made.rest
    single = len(finite.split()) == 1
    if rng.random() < 0.5:
        if made.kind in ("past", "gives"):
            return f"Who {finite} {rest}?", f"{capital(subject)}."
        return f"Who or what {finite} {rest}?", f"{capital(subject)} {finite}."
    if made.kind == "place":
        return f"Where {finite} {subject}?", f"{capital(rest)}."
    if made.kind == "state" and single and finite in ("is", "are", "was", "were"):
        return f"How {finite} {subject}?", f"{capital(rest)}."
    if made.kind in ("modal", "progressive") and single:
        return f"What {finite} {subject} {'do' if made.kind == 'modal' else 'doing'}?", f"{capital(rest)}."
    return f"What is said of {subject}?", f"{capital(finite)} {rest}."


def story(rng: random.Random, clauses: list[Clause]) -> str:
    lines = []
    grammar = Grammar(rng, invent=0.5)
    for made in clauses:
        sentence, translation = plain(rng, made)
        answer = with_tic(translation, made.kind, rng)
        who = grammar.phrases.name()
        if rng.random() < 0.5:
            lines.append(f'{who} {rng.choice(SAID)}: "{sentence}" "{answer}" {rng.choice(ANSWERED)}.')
        else:
            lines.append(f'{capital(rng.choice(ANSWERED))}: "{answer}"')
    return " ".join(lines) + "<|endoftext|>"
