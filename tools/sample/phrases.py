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
# Classes that are a short closed list, already with their determiner.
FIXED = {
    "rope": "the rope, a long rope",
    "wood": "wood, dry wood, the old branches",
    "secret": "the secret, my secret, a secret",
    "key_thing": "my keys, your glasses, the tickets, her phone, my wallet, our passports, the key, his umbrella, a way out",
    "picture": "the picture, a picture of the sea, an old painting, a portrait of the king, a map of the town",
    "ridden": "a horse, the white horse, my bicycle, a donkey, her bicycle, a camel, a pony, his old motorbike",
    "instrument_noise": "the bell, the rain, music, the wind, a strange noise, a song, the drums, the news, the thunder",
    "prize": "the game, the race, a prize, the match, the gold medal, the first prize, the war, a new car, the lottery",
    "story_thing": "a story, the truth, a joke, old stories, a lie, funny jokes, a secret, the whole story",
    "roofing": "the roof, the fence, the door, the old gate, a chair, the table, the stairs, the window",
    "dishes": "the dishes, the plates, the cups, three glasses, the spoons, the big pot, a pan",
    "bread": "bread, the bread, fresh bread, a loaf of bread",
    "grass": "the grass, the hedge, the paper, his hair, some flowers",
    "departure": "the bus, the train, the last bus, the first ferry, our plane, the school bus, the night train",
}
PLACES = {
    "table": "at the table, at the big table, around the fire",
    "kitchen": "in the kitchen, in the small kitchen, in the restaurant, at home, in the bakery",
    "restaurant": "in the restaurant, at the cafe, at the hotel, in the garden",
    "market": "at the market, in the shop, in the city, on the street, in the village, at the bakery",
    "garage": "in the garage, in the workshop, in the yard, in the barn",
    "through": "through the forest, through the snow, across the bridge, along the river, through the city, across the field",
    "over": "over the river, over the fence, over the hill, over the house, over the sea, above the clouds",
    "up": "up the tree, up the stairs, up the hill, up the ladder, over the wall, up the mountain",
    "from": "from the roof, from the tree, from the table, from the station, from the village, from the ladder",
    "water_place": "in the lake, in the river, in the sea, in the pool, near the island, under the bridge",
    "stage": "on the stage, on the square, at the party, at the wedding",
    "above": "above the fireplace, over the door, above the bed, on the wall, on the door, behind the desk",
    "under": "under the table, under the bed, under the tree, under the stairs, under the bridge, under the blanket",
    "fog": "in the fog, in the crowd, in the woods, in the dark",
    "clouds": "behind the clouds, behind the hill, behind the mountains",
    "study": "at the library, in the school, in the classroom, at home, in London, in Beijing, at the university",
    "behind": "behind the door, behind the barn, behind the curtain, behind the tree, behind the wall, behind the house",
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
            return Subject(*self.rng.choice([("the birds", True), ("the owl", False), ("an eagle", False),
                                             ("two swans", True), ("the little bird", False), ("a crow", False)]))  # fmt: skip
        if kind == "light":
            return Subject(*self.rng.choice([("the sun", False), ("the moon", False), ("the stars", True),
                                             ("a bright star", False), ("the lights", True)]))  # fmt: skip
        if kind == "sun":
            return Subject(self.rng.choice(["the sun", "the moon"]), False)
        if kind == "picture":
            return Subject(self.rng.choice(["the picture", "an old map", "the painting", "a photo of my family"]), False)
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
            return Subject(*self.rng.choice([("everyone", False), ("nobody", False), ("someone", False),
                                             ("my parents", True), ("the people", True), ("our friends", True)]))  # fmt: skip
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
                same = {"I": {"me", "us"}, "we": {"me", "us"}, "you": {"you"}, "he": {"him"}, "she": {"her"}, "they": {"them"}}
                return rng.choice(sorted({"me", "you", "him", "her", "us", "them"} - same.get(subject, set())))
            if roll < 0.4:
                return self.name()
            if roll < 0.6:
                return f"{rng.choice(['my', 'your', 'his', 'her'])} {rng.choice(nouns('kin')).singular}"
        if kind == "idea":
            return f"{rng.choice(['the', 'the', 'your', 'his', 'my', 'our'])} {self.adjective('idea', 0.3)}{self.pick('nouns', 'idea')}"
        if kind in FIXED:
            return rng.choice(FIXED[kind].split(", "))
        return self.noun_phrase(kind, plural=rng.random() < 0.25)

    def place(self, kinds: tuple[str, ...]) -> str:
        kind = self.rng.choice(kinds)
        rng = self.rng
        if kind in PLACES:
            return rng.choice(PLACES[kind].split(", "))
        if kind == "room":
            return "in the " + self.adjective("room", 0.15) + self.pick("nouns", "room")
        if kind == "outdoors":
            return "in the " + self.pick("nouns", "outdoors")
        if kind == "surface":
            return "on the " + self.pick("nouns", "surface")
        if kind == "landmark":
            return rng.choice(["near the ", "by the ", "beside the ", "behind the ", "in front of the ", "at the "]) + self.pick(
                "nouns", "landmark"
            )
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
