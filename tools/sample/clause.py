"""One clause and its two word orders. Plain: subject, finite verb, rest. Yoda's: rest, subject, finite verb."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """`rest` is what moves to the front; `tail` is what stays behind it, where that is not subject and verb.

    `kind` names the pattern; `mark` is the sentence's last sign. `plain_order` overrides the plain text of patterns
    whose plain order is not subject, verb, rest (questions, commands, there is).
    """

    kind: str
    subject: str
    finite: str
    rest: str
    mark: str = "."
    plain_order: str | None = None
    tail: str | None = None

    @property
    def plain(self) -> str:
        return self.plain_order or f"{self.subject} {self.finite} {self.rest}"

    @property
    def yoda(self) -> str:
        return f"{self.rest}, {self.tail or f'{self.subject} {self.finite}'}"

    @property
    def sentence(self) -> str:
        return capital(self.plain) + self.mark

    @property
    def translation(self) -> str:
        return capital(self.yoda) + self.mark


def joined(first: Clause, word: str, second: Clause) -> Clause:
    """Two clauses with a conjunction: each keeps its own order."""
    return Clause(
        kind="joined",
        subject=first.subject,
        finite=first.finite,
        rest=first.rest,
        plain_order=f"{first.plain} {word} {second.plain}",
        tail=f"{first.tail or f'{first.subject} {first.finite}'}, {word} {second.yoda}",
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
