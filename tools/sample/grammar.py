"""What the sentence patterns share: a source of chance, verbs and what follows them, things that have a state."""

from __future__ import annotations

import random

from phrases import Phrases, Subject
from words import Verb, nouns, verbs

STATIVE = {"know", "trust", "love", "like", "hate", "need", "want", "fear", "miss", "remember", "forget", "understand"}
SKY = ["sun", "moon", "wind", "rain", "snow", "storm", "sky", "sea", "river", "lake", "fire"]
FREQUENCY = ["often", "always", "never", "sometimes", "usually", "rarely", "also", "still"]


class Grammar:
    def __init__(self, rng: random.Random, invent: float = 0.0) -> None:
        self.rng = rng
        self.phrases = Phrases(rng, invent)

    def verb(self, *, with_object: bool | None = None) -> Verb:
        while True:
            verb = self.rng.choice(verbs())
            if with_object is None or bool(verb.objects) == with_object:
                return verb

    def complement(
        self, verb: Verb, tense: str, subject: Subject | None = None, *, place: float = 0.4, time: float = 0.35
    ) -> str:
        """What follows the verb: object, place, time; never empty."""
        parts = []
        if verb.objects:
            parts.append(self.phrases.object(verb.objects, subject.text if subject else "you"))
        if verb.places and (not verb.objects or self.rng.random() < place):
            parts.append(self.phrases.place(verb.places))
        if not parts or self.rng.random() < (time if len(parts) < 2 else time / 3):
            parts.append(self.phrases.time(tense))
        return " ".join(parts)

    def present(self, subject: Subject, verb: Verb) -> str:
        return verb.third if subject.singular_third else verb.base

    def stated(self) -> tuple[Subject, str]:
        kind = self.rng.choice(
            ["person", "person", "person", "animal", "food", "thing", "thing", "sky", "building", "idea"]
        )
        if kind == "person":
            return self.phrases.person(), kind
        if kind == "sky":
            what = self.rng.choice(SKY)
            return Subject("the " + what, False), what
        if kind == "idea":
            return Subject(
                f"{self.rng.choice(['the', 'your', 'his', 'this', 'our'])} {self.phrases.pick('nouns', 'idea')}", False
            ), kind
        if kind == "food":
            noun = self.rng.choice(["food_count", "food_mass", "drink"])
        elif kind == "thing":
            noun = self.rng.choice(["thing", "tool", "clothes", "container", "device", "vehicle", "furniture", "toy"])
        else:
            noun = kind
        plural = noun not in ("food_mass", "drink") and self.rng.random() < 0.3
        text = self.phrases.noun_phrase(noun, plural=plural, definite=True, adjectives=0.15)
        if text.startswith(("a ", "an ")):
            text = "the " + text.split(" ", 1)[1]
        if noun in ("food_mass", "drink"):
            text = self.rng.choice(["the ", "this ", "my ", "your "]) + self.rng.choice(nouns(noun)).singular
        return Subject(text, plural), kind
