"""What a good answer is, by rule: one sentence without leaked tokens, in the right order, with a tic, ended by itself.

The rules need a held-out row (plain sentence and translation) and the answer, nothing else:
- format: the answer holds no special token, no line break and, its tics taken off, exactly one sentence;
- tic: at least one of the tics of tics.py;
- order: the words after the comma are the reference's last part (subject and finite verb), those before it share at
  least three quarters of their words with the reference's first part, and the whole is not the plain sentence;
- style: order and tic;
- right: format, style, and ended by itself before max_new_tokens;
- exact: the tics taken off, the answer is the reference, letter for letter;
- plain: the answer is the plain sentence again, letter for letter.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tics import without_tics

SPECIAL = re.compile(r"<\|[a-z0-9]+\|>|</?s>|<unk>|<0x[0-9A-F]{2}>")
SHARED = 0.75


@dataclass(frozen=True)
class Verdict:
    format: bool
    tic: bool
    order: bool
    exact: bool
    plain: bool
    stopped: bool

    @property
    def style(self) -> bool:
        return self.order and self.tic

    @property
    def right(self) -> bool:
        return self.format and self.style and self.stopped


def judge(sentence: str, translation: str, answer: str, stopped: bool) -> Verdict:
    """Judge one answer. `stopped`: it ended with an end token before max_new_tokens."""
    bare, count = without_tics(answer)
    one_sentence = len(re.findall(r"[.?!]", bare)) == 1 and bare[-1:] in ".?!"
    return Verdict(
        format=one_sentence and "\n" not in answer and not SPECIAL.search(answer) and bare[:1].isupper(),
        tic=count > 0,
        order=in_order(sentence, translation, bare),
        exact=bare == translation,
        plain=answer == sentence,
        stopped=stopped,
    )


def in_order(sentence: str, translation: str, bare: str) -> bool:
    if "," not in bare or words(bare) == words(sentence):
        return False
    front, tail = (words(part) for part in bare.split(",", 1))
    wanted_front, wanted_tail = (words(part) for part in translation.split(",", 1))
    shared = sum((Counter(front) & Counter(wanted_front)).values())
    return tail == wanted_tail and shared >= SHARED * max(len(front), len(wanted_front))


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
