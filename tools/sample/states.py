"""Patterns that say what or where something is, or whose."""

from __future__ import annotations

from clause import Clause
from grammar import FREQUENCY, Grammar
from phrases import POSSESSIVES, Subject
from words import article, nouns

COLOURS = ["red", "blue", "green", "black", "white", "yellow", "brown", "grey", "new", "old", "big", "small"]
PLACES_OF = {
    "building": ("landmark", "city"),
    "food_mass": ("container", "table", "room"),
    "drink": ("container", "table"),
    "plant": ("outdoors", "landmark"),
    "person": ("room", "outdoors", "landmark", "behind"),
    "animal": ("room", "outdoors", "landmark", "behind", "under", "surface"),
    "vehicle": ("landmark", "building"),
}
LINKING = {
    "food_count": ["tastes", "smells", "looks"],
    "person": ["looks", "seems", "feels"],
    "thing": ["looks", "seems"],
}


def state(grammar: Grammar) -> Clause:
    subject, kind = grammar.stated()
    past = grammar.rng.random() < 0.3
    finite = subject.was if past else subject.be
    roll = grammar.rng.random()
    if roll < 0.15:
        finite += " not"
    elif roll < 0.25:
        finite += " " + grammar.rng.choice(FREQUENCY)
    rest = grammar.phrases.pick("states", kind)
    if grammar.rng.random() < 0.2:
        rest += " " + (grammar.phrases.time("past") if past else grammar.phrases.pick("times", "now"))
    return Clause("negation" if finite.endswith("not") else "state", subject.text, finite, rest)


def linking(grammar: Grammar) -> Clause:
    kind = grammar.rng.choice(list(LINKING))
    subject = (
        grammar.phrases.person()
        if kind == "person"
        else Subject(grammar.phrases.noun_phrase(kind, plural=False, definite=True), False)
    )
    verb = grammar.rng.choice(LINKING[kind])
    finite = verb if subject.singular_third else verb.removesuffix("s")
    states = {"food_count": "food", "thing": "looks", "person": "person"}[kind]
    word = grammar.phrases.pick("adjectives", states)
    return Clause("state", subject.text, finite, grammar.rng.choice(["", "very ", "so ", "really "]) + word)


def is_a(grammar: Grammar) -> Clause:
    subject = grammar.phrases.person()
    noun = grammar.rng.choice(nouns("person"))
    words = grammar.phrases.adjective("person", 0.5) + (noun.plural if subject.plural else noun.singular)
    past = grammar.rng.random() < 0.25
    rest = words if subject.plural else f"{article(words)} {words}"
    if subject.text in ("everyone", "nobody", "someone", "the people"):
        return state(grammar)
    if grammar.rng.random() < 0.2:
        rest += " " + grammar.phrases.place(("city",))
    return Clause("is a", subject.text, subject.was if past else subject.be, rest)


def where_it_is(grammar: Grammar) -> Clause:
    noun = grammar.rng.choice(["thing", "tool", "clothes", "readable", "animal", "toy", "device", "container"])
    plural = grammar.rng.random() < 0.35
    subject = Subject(grammar.phrases.noun_phrase(noun, plural=plural, definite=True), plural)
    past = grammar.rng.random() < 0.3
    small = ("surface", "container", "under", "behind", "room")
    place = grammar.phrases.place(
        small if noun not in ("animal", "container") else ("surface", "under", "behind", "landmark", "room")
    )
    return Clause("place", subject.text, subject.was if past else subject.be, place)


def there_is(grammar: Grammar) -> Clause:
    noun = grammar.rng.choice(
        ["animal", "thing", "tool", "food_count", "food_mass", "person", "building", "plant", "drink", "vehicle"]
    )
    mass = noun in ("food_mass", "drink")
    plural = not mass and grammar.rng.random() < 0.4
    if mass:
        what = grammar.rng.choice(["", "some ", "no ", "too much "]) + grammar.rng.choice(nouns(noun)).singular
    elif plural:
        count = grammar.rng.choice(["two", "three", "many", "some", "no", "a few", "five", "seven"])
        what = f"{count} {grammar.phrases.adjective(noun, 0.3)}{grammar.rng.choice(nouns(noun)).plural}"
    else:
        words = grammar.phrases.adjective(noun, 0.4) + grammar.rng.choice(nouns(noun)).singular
        what = f"{article(words)} {words}"
    past = grammar.rng.random() < 0.35
    finite = ("were" if plural else "was") if past else ("are" if plural else "is")
    kinds = PLACES_OF.get(noun, ("surface", "container", "room", "under", "behind"))
    place = grammar.phrases.place(kinds)
    if noun == "food_mass" and grammar.rng.random() < 0.5:
        holder = grammar.rng.choice(
            ["sandwich", "salad", "soup", "pie", "omelette", "burger", "pizza", "dish", "stew", "bowl"]
        )
        place = f"in {grammar.rng.choice(['this', 'the', 'my', 'your', 'that'])} {holder}"
    plain = f"there {finite} {what} {place}"
    return Clause("there is", "there", finite, place, plain_order=plain, tail=f"{what} there {finite}")


def compared(grammar: Grammar) -> Clause:
    word = grammar.rng.choice(
        """bigger, older, faster, taller, smaller, stronger, warmer, heavier, cheaper, younger, kinder,
    more beautiful, more expensive, more useful, better, quieter""".replace("\n", " ").split(",")
    )
    kind = grammar.rng.choice(["animal", "vehicle", "person", "building", "furniture"])
    first, second = (grammar.phrases.noun_phrase(kind, plural=False, definite=True, adjectives=0.1) for _ in range(2))
    return Clause("compared", first, "is", f"{' '.join(word.split())} than {second}")


def belongs(grammar: Grammar) -> Clause:
    subject = grammar.phrases.person()
    owner = grammar.rng.choice(POSSESSIVES)
    kind = grammar.rng.choice(["pet", "thing", "device", "owned_vehicle", "readable", "clothes"])
    has = "has" if subject.singular_third else "have"
    if grammar.rng.random() < 0.6:
        words = grammar.phrases.adjective(kind, 0.5)
        noun = grammar.rng.choice(nouns(kind))
        count = grammar.rng.choice(["two", "three", "many", "no", "some"])
        words = (
            f"{count} {words}{noun.plural}"
            if grammar.rng.random() < 0.3
            else f"{article(words or noun.singular)} {words}{noun.singular}"
        )
        return Clause("has", subject.text, grammar.rng.choice([has, "had"]), words)
    noun = grammar.rng.choice(nouns(kind)).singular
    colour = grammar.rng.choice(COLOURS)
    return Clause("state", f"{owner} {noun}", "is", colour)
