"""Questions, commands and double sentences, and how often each pattern is drawn."""

from __future__ import annotations

from collections.abc import Callable

from acts import do_not, frequency, gives, modal, modal_not, perfect, progressive, simple, time_first, wants_to
from clause import Clause, joined
from grammar import STATIVE, Grammar
from states import belongs, compared, is_a, linking, state, there_is, where_it_is


def question(grammar: Grammar) -> Clause:
    if grammar.rng.random() < 0.4:
        subject, kind = grammar.stated()
        finite = subject.was if grammar.rng.random() < 0.3 else subject.be
        rest = grammar.phrases.pick("states", kind)
    else:
        verb = grammar.verb()
        subject = grammar.phrases.subject(verb.subjects)
        finite = grammar.rng.choice(["did", "does" if subject.singular_third else "do", "can", "will", "should", "may"])
        rest = f"{verb.base} {grammar.complement(verb, 'any', subject, time=0.15)}"
    plain = f"{finite} {subject.text} {rest}"
    return Clause("question", subject.text, finite, rest, "?", plain_order=plain, tail=f"{finite} {subject.text}")


def command(grammar: Grammar) -> Clause:
    verb = grammar.verb(with_object=True)
    while "person" not in verb.subjects or verb.base in STATIVE:
        verb = grammar.verb(with_object=True)
    rest = f"{verb.base} {grammar.complement(verb, 'any', time=0.1)}"
    if grammar.rng.random() < 0.2:
        return Clause("command", "you", "must not", rest, plain_order=f"do not {rest}")
    return Clause("command", "you", "must", rest, plain_order=grammar.rng.choice(["", "", "please "]) + rest)


def two(grammar: Grammar) -> Clause:
    first, second = (grammar.rng.choice([simple, state, modal, do_not])(grammar) for _ in range(2))
    if len((first.plain + second.plain).split()) > 15:
        return two(grammar)
    return joined(first, grammar.rng.choice(["and", "but", "because", "so", "but"]), second)


PATTERNS: dict[Callable[[Grammar], Clause], int] = {
    simple: 26, time_first: 4, frequency: 4, modal: 8, modal_not: 3,
    do_not: 6, progressive: 7, perfect: 5, state: 11, linking: 2, is_a: 3,
    where_it_is: 5, there_is: 6, gives: 3, wants_to: 4, compared: 2,
    question: 6, command: 4, two: 4, belongs: 4,
}  # fmt: skip  # fmt: skip


def draw(grammar: Grammar) -> Clause:
    """One clause of a pattern drawn by PATTERNS' weights."""
    return grammar.rng.choices(list(PATTERNS), list(PATTERNS.values()))[0](grammar)
