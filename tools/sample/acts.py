"""Patterns in which somebody does something."""

from __future__ import annotations

from clause import Clause
from grammar import FREQUENCY, STATIVE, Grammar

LEADS = [
    ("want", "wants", "wanted"),
    ("try", "tries", "tried"),
    ("hope", "hopes", "hoped"),
    ("like", "likes", "liked"),
    ("need", "needs", "needed"),
    ("have", "has", "had"),
]
MODALS = ["can", "must", "should", "will", "may", "might", "could", "would", "will", "can"]
NEGATED = ["cannot", "must not", "should not", "will not", "may not", "could not", "would not", "will not"]


def simple(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    if grammar.rng.random() < 0.55 and verb.base not in STATIVE:
        return Clause("past", subject.text, verb.past, grammar.complement(verb, "past", subject))
    return Clause("present", subject.text, grammar.present(subject, verb), grammar.complement(verb, "present", subject))


def time_first(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    past = grammar.rng.random() < 0.6 and verb.base not in STATIVE
    time = grammar.phrases.time("past" if past else "present")
    finite = verb.past if past else grammar.present(subject, verb)
    rest = grammar.complement(verb, "past" if past else "present", subject, time=0)
    if not verb.objects and not verb.places:
        return simple(grammar)
    return Clause(
        "time first", subject.text, finite, f"{rest} {time}", plain_order=f"{time} {subject.text} {finite} {rest}"
    )


def frequency(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    finite = f"{grammar.rng.choice(FREQUENCY)} {grammar.present(subject, verb)}"
    return Clause("frequency", subject.text, finite, grammar.complement(verb, "any", subject, time=0))


def modal(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    modal = grammar.rng.choice(MODALS)
    rest = grammar.complement(verb, "future" if modal == "will" else "any", subject)
    return Clause("modal", subject.text, modal, f"{verb.base} {rest}")


def modal_not(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    return Clause(
        "negation",
        subject.text,
        grammar.rng.choice(NEGATED),
        f"{verb.base} {grammar.complement(verb, 'any', subject, time=0.2)}",
    )


def do_not(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    past = grammar.rng.random() < 0.4
    auxiliary = "did not" if past else "does not" if subject.singular_third else "do not"
    rest = grammar.complement(verb, "past" if past else "present", subject, time=0.25)
    return Clause("negation", subject.text, auxiliary, f"{verb.base} {rest}")


def progressive(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    while verb.base in STATIVE:
        verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    past = grammar.rng.random() < 0.35
    finite = (subject.was if past else subject.be) + (" not" if grammar.rng.random() < 0.12 else "")
    rest = grammar.complement(verb, "past" if past else "any", subject, time=0.15)
    return Clause("negation" if "not" in finite else "progressive", subject.text, finite, f"{verb.ing} {rest}")


def perfect(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.subject(verb.subjects)
    finite = "had" if grammar.rng.random() < 0.2 else "has" if subject.singular_third else "have"
    finite += grammar.rng.choice(["", "", "", " already", " never", " just"])
    return Clause(
        "perfect", subject.text, finite, f"{verb.participle} {grammar.complement(verb, 'any', subject, time=0.1)}"
    )


def gives(grammar: Grammar) -> Clause:
    subject = grammar.phrases.person()
    verb = grammar.rng.choice(
        [("gave", "give"), ("showed", "show"), ("sent", "send"), ("brought", "bring"), ("told", "tell")]
    )
    receiver = grammar.phrases.object(("person",), subject.text)
    thing = grammar.phrases.object(
        ("story_thing",) if verb[0] == "told" else ("readable", "thing", "food_count", "clothes")
    )
    if grammar.rng.random() < 0.7:
        return Clause("gives", subject.text, f"{verb[0]} {receiver}", thing)
    modal = grammar.rng.choice(MODALS)
    return Clause("gives", subject.text, modal, f"{verb[1]} {receiver} {thing}")


def wants_to(grammar: Grammar) -> Clause:
    verb = grammar.verb()
    subject = grammar.phrases.person()
    while "person" not in verb.subjects:
        verb = grammar.verb()
    lead = grammar.rng.choice(LEADS)
    past = grammar.rng.random() < 0.4
    finite = lead[2] if past else lead[1] if subject.singular_third else lead[0]
    return Clause(
        "wants to", subject.text, finite, f"to {verb.base} {grammar.complement(verb, 'any', subject, time=0.15)}"
    )
