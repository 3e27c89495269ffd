"""Noun phrases, places and times: the parts a clause is put together from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from words import Noun, article, lexicon, made_up_name, nouns

PRONOUNS = {"I": "I", "you": "you", "we": "we", "they": "they", "he": "he", "she": "she"}
POSSESSIVES = ["my", "your", "his", "her", "our", "their"]
MASS = {"food_mass", "drink"}
ADJECTIVES_OF = {
    "room": "room",
    "person": "person", "animal": "animal", "food_count": "food", "food_mass": "food_mass", "clothes": "clothes",
    "building": "building", "readable": "readable", "writable": "readable", "plant": "plant", "vehicle": "vehicle",
    "idea": "idea", "tool": "thing", "furniture": "thing", "container": "thing", "toy": "thing", "device": "thing",
    "thing": "thing", "kin": "person", "owned_vehicle": "vehicle", "driven": "vehicle", "parked": "vehicle",
    "opened": "thing", "pet": "animal", "cooked": "food", "baked": "food", "produce": "food",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """A subject as it stands inside a sentence; `person` is 1, 2 or 3."""

    text: str
    plural: bool
    person: int = 3

    @property
    def be(self) -> str:
        return "am" if self.text == "I" else "are" if self.plural or self.person == 2 else "is"

    @property
    def was(self) -> str:
        return "were" if self.plural or self.person == 2 else "was"

    @property
    def singular_third(self) -> bool:
        return self.person == 3 and not self.plural


BIRDS = [
    Subject("the birds", True),
    Subject("the owl", False),
    Subject("an eagle", False),
    Subject("two swans", True),
    Subject("the little bird", False),
    Subject("a crow", False),
]
LIGHTS = [
    Subject("the sun", False),
    Subject("the moon", False),
    Subject("the stars", True),
    Subject("a bright star", False),
    Subject("the lights", True),
]
PEOPLE = [
    Subject("everyone", False),
    Subject("nobody", False),
    Subject("someone", False),
    Subject("my parents", True),
    Subject("the people", True),
    Subject("our friends", True),
]


class Phrases:
    """Draws phrases with one random source. `invent` is the share of names that no list holds."""

    def __init__(self, rng: random.Random, invent: float = 0.0) -> None:
        self.rng = rng
        self.invent = invent

    def pick(self, section: str, name: str) -> str:
        return self.rng.choice(lexicon()[section][name])

    def name(self) -> str:
        return made_up_name(self.rng) if self.rng.random() < self.invent else self.pick("names", "people")

    def city(self) -> str:
        return made_up_name(self.rng) if self.rng.random() < self.invent else self.pick("names", "places")

    def subject(self, classes: tuple[str, ...]) -> Subject:
        kind = self.rng.choice(classes)
        if kind == "person":
            return self.person()
        if kind == "bird":
            return self.rng.choice(BIRDS)
        if kind == "light":
            return self.rng.choice(LIGHTS)
        if kind == "sun":
            return Subject(self.rng.choice(["the sun", "the moon"]), False)
        if kind == "picture":
            return Subject(
                self.rng.choice(["the picture", "an old map", "the painting", "a photo of my family"]), False
            )
        plural = self.rng.random() < 0.25
        return Subject(self.noun_phrase(kind, plural=plural, definite=True), plural)

    def person(self) -> Subject:
        roll = self.rng.random()
        if roll < 0.36:
            word = self.rng.choice(["I", "you", "we", "they", "he", "she", "I", "we"])
            return Subject(word, word in ("we", "they"), {"I": 1, "you": 2}.get(word, 3 if word != "we" else 1))
        if roll < 0.5:
            return Subject(self.name(), False)
        if roll < 0.53:
            return Subject(f"{self.name()} and {self.name()}", True)
        if roll < 0.72:
            noun = self.rng.choice(nouns("kin"))
            return Subject(f"{self.owner(noun.singular)} {self.adjective('kin', 0.1)}{noun.singular}", False)
        if roll < 0.75:
            return self.rng.choice(PEOPLE)
        plural = self.rng.random() < 0.2
        return Subject(self.noun_phrase("person", plural=plural, definite=True), plural)

    def owner(self, noun: str) -> str:
        """Whose: a husband, wife, twin or best friend belongs to one person."""
        single = noun in ("husband", "wife", "twin", "best friend", "partner", "roommate")
        return self.rng.choice(["my", "your", "his", "her"] if single else POSSESSIVES)

    def adjective(self, kind: str, share: float) -> str:
        if kind not in ADJECTIVES_OF or self.rng.random() > share:
            return ""
        return self.pick("adjectives", ADJECTIVES_OF[kind]) + " "

    def noun_phrase(self, kind: str, *, plural: bool, definite: bool = False, adjectives: float = 0.35) -> str:
        """A noun with determiner and perhaps adjective. `definite` leans to `the`, as subjects do."""
        adjective = self.adjective(kind, adjectives)
        if kind in MASS:
            word = self.rng.choice(nouns(kind)).singular
            if adjective and any(adjective.strip() in part for part in word.split()):
                adjective = ""
            return self.rng.choice(["the ", "", "some ", "this ", "the ", ""]) + adjective + word
        if kind == "animal" and not plural and self.rng.random() < 0.3:
            return f"{self.rng.choice(POSSESSIVES)} {adjective}{self.rng.choice(nouns('pet')).singular}"
        noun: Noun = self.rng.choice(nouns(kind))
        if plural:
            determiners = ["the ", "the ", "these ", "two ", "three ", "those ", "the "]
            if kind not in ("person", "building", "animal"):
                determiners.append(self.rng.choice(POSSESSIVES) + " ")
            if not definite:
                determiners += ["some ", "", "many ", "ten "]
            return self.rng.choice(determiners) + adjective + noun.plural
        words = adjective + noun.singular
        roll = self.rng.random()
        if kind in ("person", "building") and 0.65 <= roll < 0.88:
            roll = 0.0
        if roll < (0.65 if definite else 0.35):
            return "the " + words
        if roll < (0.75 if definite else 0.65):
            return f"{article(words)} {words}"
        if roll < 0.88 and kind != "animal":
            return f"{self.rng.choice(POSSESSIVES)} {words}"
        return self.rng.choice(["this ", "that ", "another ", "this "] if not definite else ["this ", "that "]) + words

    def object(self, classes: tuple[str, ...], subject: str = "") -> str:
        """An object of one of the classes; a subject `I` or `we` gets none of its own pronouns."""
        kind = self.rng.choice(classes)
        if kind == "cooked_thing":
            kind = self.rng.choice(["cooked", "cooked", "food_mass"])
        rng = self.rng
        if kind == "food":
            kind = rng.choice(["food_count", "food_mass"])
        if kind == "feeling":
            return self.pick("nouns", "feeling_object")
        if kind in ("game",):
            return self.pick("nouns", kind)
        if kind == "subject":
            return self.pick("nouns", "subject_matter")
        if kind == "instrument_the":
            return "the " + rng.choice(nouns("instrument")).singular
        if kind == "room_thing":
            return "the " + self.pick("nouns", "room")
        if kind == "the_building":
            return f"the {self.adjective('building', 0.3)}{rng.choice(nouns('building')).singular}"
        if kind == "sky":
            return "the " + self.pick("nouns", "sky")
        if kind.endswith("_plural"):
            return self.noun_phrase(kind.removesuffix("_plural"), plural=True)
        if kind == "person":
            roll = rng.random()
            if roll < 0.25:
                same = {
                    "I": {"me", "us"},
                    "we": {"me", "us"},
                    "you": {"you"},
                    "he": {"him"},
                    "she": {"her"},
                    "they": {"them"},
                }
                return rng.choice(sorted({"me", "you", "him", "her", "us", "them"} - same.get(subject, set())))
            if roll < 0.4:
                return self.name()
            if roll < 0.6:
                return f"{rng.choice(['my', 'your', 'his', 'her'])} {rng.choice(nouns('kin')).singular}"
        if kind == "idea":
            whose = rng.choice(["the", "the", "your", "his", "my", "our"])
            return f"{whose} {self.adjective('idea', 0.3)}{self.pick('nouns', 'idea')}"
        if kind in lexicon()["fixed"]:
            return rng.choice(lexicon()["fixed"][kind])
        return self.noun_phrase(kind, plural=rng.random() < 0.25)

    def place(self, kinds: tuple[str, ...]) -> str:
        kind = self.rng.choice(kinds)
        rng = self.rng
        if kind in lexicon()["places"]:
            return rng.choice(lexicon()["places"][kind])
        if kind == "room":
            return "in the " + self.adjective("room", 0.15) + self.pick("nouns", "room")
        if kind == "outdoors":
            return "in the " + self.pick("nouns", "outdoors")
        if kind == "surface":
            return "on the " + self.pick("nouns", "surface")
        if kind == "landmark":
            return rng.choice(
                ["near the ", "by the ", "beside the ", "behind the ", "in front of the ", "at the "]
            ) + self.pick("nouns", "landmark")
        if kind == "city":
            return "in " + self.city()
        if kind == "to_city":
            return "to " + self.city()
        noun = rng.choice(nouns("building" if kind == "to_building" else kind)).singular
        lead = {"to_building": "to the ", "building": rng.choice(["in the ", "at the "]), "container": "in the "}[kind]
        return lead + self.adjective("building" if "building" in kind else "thing", 0.3) + noun

    def time(self, tense: str) -> str:
        kind = self.rng.choice([tense, tense, "any"])
        return self.pick("times", kind)
