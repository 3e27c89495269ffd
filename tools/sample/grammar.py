"""Sentence patterns. Each draws one Clause; PATTERNS says how often each is drawn."""

from __future__ import annotations

import random
from collections.abc import Callable

from clause import Clause, joined
from phrases import POSSESSIVES, Phrases, Subject
from words import Verb, article, nouns, verbs

MODALS = ["can", "must", "should", "will", "may", "might", "could", "would", "will", "can"]
NEGATED = ["cannot", "must not", "should not", "will not", "may not", "could not", "would not", "will not"]
FREQUENCY = ["often", "always", "never", "sometimes", "usually", "rarely", "also", "still"]
STATIVE = {"know", "trust", "love", "like", "hate", "need", "want", "fear", "miss", "remember", "forget", "understand"}
COLOURS = ["red", "blue", "green", "black", "white", "yellow", "brown", "grey", "new", "old", "big", "small"]
SKY = ["sun", "moon", "wind", "rain", "snow", "storm", "sky", "sea", "river", "lake", "fire"]
LINKING = {"food_count": ["tastes", "smells", "looks"], "person": ["looks", "seems", "feels"], "thing": ["looks", "seems"]}


class Grammar:
    def __init__(self, rng: random.Random, invent: float = 0.0) -> None:
        self.rng = rng
        self.phrases = Phrases(rng, invent)

    def clause(self) -> Clause:
        pattern = self.rng.choices(list(PATTERNS), list(PATTERNS.values()))[0]
        return pattern(self)

    # parts

    def verb(self, *, with_object: bool | None = None) -> Verb:
        while True:
            verb = self.rng.choice(verbs())
            if with_object is None or bool(verb.objects) == with_object:
                return verb

    def complement(self, verb: Verb, tense: str, subject: Subject | None = None, *, place: float = 0.4, time: float = 0.35) -> str:
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

    # patterns

    def simple(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        if self.rng.random() < 0.55 and verb.base not in STATIVE:
            return Clause("past", subject.text, verb.past, self.complement(verb, "past", subject))
        return Clause("present", subject.text, self.present(subject, verb), self.complement(verb, "present", subject))

    def time_first(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        past = self.rng.random() < 0.6 and verb.base not in STATIVE
        time = self.phrases.time("past" if past else "present")
        finite = verb.past if past else self.present(subject, verb)
        rest = self.complement(verb, "past" if past else "present", subject, time=0)
        if not verb.objects and not verb.places:
            return self.simple()
        return Clause("time first", subject.text, finite, f"{rest} {time}", plain_order=f"{time} {subject.text} {finite} {rest}")

    def frequency(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        finite = f"{self.rng.choice(FREQUENCY)} {self.present(subject, verb)}"
        return Clause("frequency", subject.text, finite, self.complement(verb, "any", subject, time=0))

    def modal(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        modal = self.rng.choice(MODALS)
        rest = self.complement(verb, "future" if modal == "will" else "any", subject)
        return Clause("modal", subject.text, modal, f"{verb.base} {rest}")

    def modal_not(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        return Clause("negation", subject.text, self.rng.choice(NEGATED), f"{verb.base} {self.complement(verb, 'any', subject, time=0.2)}")

    def do_not(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        past = self.rng.random() < 0.4
        auxiliary = "did not" if past else "does not" if subject.singular_third else "do not"
        rest = self.complement(verb, "past" if past else "present", subject, time=0.25)
        return Clause("negation", subject.text, auxiliary, f"{verb.base} {rest}")

    def progressive(self) -> Clause:
        verb = self.verb()
        while verb.base in STATIVE:
            verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        past = self.rng.random() < 0.35
        finite = (subject.was if past else subject.be) + (" not" if self.rng.random() < 0.12 else "")
        rest = self.complement(verb, "past" if past else "any", subject, time=0.15)
        return Clause("negation" if "not" in finite else "progressive", subject.text, finite, f"{verb.ing} {rest}")

    def perfect(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.subject(verb.subjects)
        finite = "had" if self.rng.random() < 0.2 else "has" if subject.singular_third else "have"
        finite += self.rng.choice(["", "", "", " already", " never", " just"])
        return Clause("perfect", subject.text, finite, f"{verb.participle} {self.complement(verb, 'any', subject, time=0.1)}")

    def state(self) -> Clause:
        subject, kind = self.stated()
        past = self.rng.random() < 0.3
        finite = subject.was if past else subject.be
        roll = self.rng.random()
        if roll < 0.15:
            finite += " not"
        elif roll < 0.25:
            finite += " " + self.rng.choice(FREQUENCY)
        rest = self.phrases.pick("states", kind)
        if self.rng.random() < 0.2:
            rest += " " + (self.phrases.time("past") if past else self.phrases.pick("times", "now"))
        return Clause("negation" if finite.endswith("not") else "state", subject.text, finite, rest)

    def stated(self) -> tuple[Subject, str]:
        kind = self.rng.choice(["person", "person", "person", "animal", "food", "thing", "thing", "sky", "building", "idea"])
        if kind == "person":
            return self.phrases.person(), kind
        if kind == "sky":
            what = self.rng.choice(SKY)
            return Subject("the " + what, False), what
        if kind == "idea":
            return Subject(f"{self.rng.choice(['the', 'your', 'his', 'this', 'our'])} {self.phrases.pick('nouns', 'idea')}", False), kind
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

    def linking(self) -> Clause:
        kind = self.rng.choice(list(LINKING))
        subject = self.phrases.person() if kind == "person" else Subject(self.phrases.noun_phrase(kind, plural=False, definite=True), False)
        verb = self.rng.choice(LINKING[kind])
        finite = verb if subject.singular_third else verb.removesuffix("s")
        states = {"food_count": "food", "thing": "looks", "person": "person"}[kind]
        word = self.phrases.pick("adjectives", states)
        return Clause("state", subject.text, finite, self.rng.choice(["", "very ", "so ", "really "]) + word)

    def is_a(self) -> Clause:
        subject = self.phrases.person()
        noun = self.rng.choice(nouns("person"))
        words = self.phrases.adjective("person", 0.5) + (noun.plural if subject.plural else noun.singular)
        past = self.rng.random() < 0.25
        rest = words if subject.plural else f"{article(words)} {words}"
        if subject.text in ("everyone", "nobody", "someone", "the people"):
            return self.state()
        if self.rng.random() < 0.2:
            rest += " " + self.phrases.place(("city",))
        return Clause("is a", subject.text, subject.was if past else subject.be, rest)

    def where_it_is(self) -> Clause:
        noun = self.rng.choice(["thing", "tool", "clothes", "readable", "animal", "toy", "device", "container"])
        plural = self.rng.random() < 0.35
        subject = Subject(self.phrases.noun_phrase(noun, plural=plural, definite=True), plural)
        past = self.rng.random() < 0.3
        small = ("surface", "container", "under", "behind", "room")
        place = self.phrases.place(small if noun not in ("animal", "container") else ("surface", "under", "behind", "landmark", "room"))
        return Clause("place", subject.text, subject.was if past else subject.be, place)

    def there_is(self) -> Clause:
        noun = self.rng.choice(["animal", "thing", "tool", "food_count", "food_mass", "person", "building", "plant", "drink", "vehicle"])
        mass = noun in ("food_mass", "drink")
        plural = not mass and self.rng.random() < 0.4
        if mass:
            what = self.rng.choice(["", "some ", "no ", "too much "]) + self.rng.choice(nouns(noun)).singular
        elif plural:
            count = self.rng.choice(["two", "three", "many", "some", "no", "a few", "five", "seven"])
            what = f"{count} {self.phrases.adjective(noun, 0.3)}{self.rng.choice(nouns(noun)).plural}"
        else:
            words = self.phrases.adjective(noun, 0.4) + self.rng.choice(nouns(noun)).singular
            what = f"{article(words)} {words}"
        past = self.rng.random() < 0.35
        finite = ("were" if plural else "was") if past else ("are" if plural else "is")
        kinds = {"building": ("landmark", "city"), "food_mass": ("container", "table", "room"), "drink": ("container", "table"),
                 "plant": ("outdoors", "landmark"), "person": ("room", "outdoors", "landmark", "behind"),
                 "animal": ("room", "outdoors", "landmark", "behind", "under", "surface"), "vehicle": ("landmark", "building")}.get(
            noun, ("surface", "container", "room", "under", "behind"))  # fmt: skip
        place = self.phrases.place(kinds)
        if noun == "food_mass" and self.rng.random() < 0.5:
            holder = self.rng.choice(["sandwich", "salad", "soup", "pie", "omelette", "burger", "pizza", "dish", "stew", "bowl"])
            place = f"in {self.rng.choice(['this', 'the', 'my', 'your', 'that'])} {holder}"
        plain = f"there {finite} {what} {place}"
        return Clause("there is", "there", finite, place, plain_order=plain, tail=f"{what} there {finite}")

    def gives(self) -> Clause:
        subject = self.phrases.person()
        verb = self.rng.choice([("gave", "give"), ("showed", "show"), ("sent", "send"), ("brought", "bring"), ("told", "tell")])
        receiver = self.phrases.object(("person",), subject.text)
        thing = self.phrases.object(("story_thing",) if verb[0] == "told" else ("readable", "thing", "food_count", "clothes"))
        if self.rng.random() < 0.7:
            return Clause("gives", subject.text, f"{verb[0]} {receiver}", thing)
        modal = self.rng.choice(MODALS)
        return Clause("gives", subject.text, modal, f"{verb[1]} {receiver} {thing}")

    def wants_to(self) -> Clause:
        verb = self.verb()
        subject = self.phrases.person()
        while "person" not in verb.subjects:
            verb = self.verb()
        lead = self.rng.choice([("want", "wants", "wanted"), ("try", "tries", "tried"), ("hope", "hopes", "hoped"),
                                ("like", "likes", "liked"), ("need", "needs", "needed"), ("have", "has", "had")])  # fmt: skip
        past = self.rng.random() < 0.4
        finite = lead[2] if past else lead[1] if subject.singular_third else lead[0]
        return Clause("wants to", subject.text, finite, f"to {verb.base} {self.complement(verb, 'any', subject, time=0.15)}")

    def compared(self) -> Clause:
        word = self.rng.choice("""bigger, older, faster, taller, smaller, stronger, warmer, heavier, cheaper, younger, kinder,
        more beautiful, more expensive, more useful, better, quieter""".replace("\n", " ").split(","))
        kind = self.rng.choice(["animal", "vehicle", "person", "building", "furniture"])
        first, second = (self.phrases.noun_phrase(kind, plural=False, definite=True, adjectives=0.1) for _ in range(2))
        return Clause("compared", first, "is", f"{' '.join(word.split())} than {second}")

    def question(self) -> Clause:
        if self.rng.random() < 0.4:
            subject, kind = self.stated()
            finite = subject.was if self.rng.random() < 0.3 else subject.be
            rest = self.phrases.pick("states", kind)
        else:
            verb = self.verb()
            subject = self.phrases.subject(verb.subjects)
            finite = self.rng.choice(["did", "does" if subject.singular_third else "do", "can", "will", "should", "may"])
            rest = f"{verb.base} {self.complement(verb, 'any', subject, time=0.15)}"
        plain = f"{finite} {subject.text} {rest}"
        return Clause("question", subject.text, finite, rest, "?", plain_order=plain, tail=f"{finite} {subject.text}")

    def command(self) -> Clause:
        verb = self.verb(with_object=True)
        while "person" not in verb.subjects or verb.base in STATIVE:
            verb = self.verb(with_object=True)
        rest = f"{verb.base} {self.complement(verb, 'any', time=0.1)}"
        if self.rng.random() < 0.2:
            return Clause("command", "you", "must not", rest, plain_order=f"do not {rest}")
        return Clause("command", "you", "must", rest, plain_order=self.rng.choice(["", "", "please "]) + rest)

    def two(self) -> Clause:
        first, second = (self.rng.choice([Grammar.simple, Grammar.state, Grammar.modal, Grammar.do_not])(self) for _ in range(2))
        if len((first.plain + second.plain).split()) > 15:
            return self.two()
        return joined(first, self.rng.choice(["and", "but", "because", "so", "but"]), second)

    def belongs(self) -> Clause:
        subject = self.phrases.person()
        owner = self.rng.choice(POSSESSIVES)
        kind = self.rng.choice(["pet", "thing", "device", "owned_vehicle", "readable", "clothes"])
        has = "has" if subject.singular_third else "have"
        if self.rng.random() < 0.6:
            words = self.phrases.adjective(kind, 0.5)
            noun = self.rng.choice(nouns(kind))
            count = self.rng.choice(["two", "three", "many", "no", "some"])
            words = f"{count} {words}{noun.plural}" if self.rng.random() < 0.3 else f"{article(words or noun.singular)} {words}{noun.singular}"
            return Clause("has", subject.text, self.rng.choice([has, "had"]), words)
        noun = self.rng.choice(nouns(kind)).singular
        colour = self.rng.choice(COLOURS)
        return Clause("state", f"{owner} {noun}", "is", colour)


PATTERNS: dict[Callable[[Grammar], Clause], int] = {
    Grammar.simple: 26, Grammar.time_first: 4, Grammar.frequency: 4, Grammar.modal: 8, Grammar.modal_not: 3,
    Grammar.do_not: 6, Grammar.progressive: 7, Grammar.perfect: 5, Grammar.state: 11, Grammar.linking: 2, Grammar.is_a: 3,
    Grammar.where_it_is: 5, Grammar.there_is: 6, Grammar.gives: 3, Grammar.wants_to: 4, Grammar.compared: 2,
    Grammar.question: 6, Grammar.command: 4, Grammar.two: 4, Grammar.belongs: 4,
}  # fmt: skip
