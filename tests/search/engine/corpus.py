"""Made-up documents and questions, the same for the same seed."""

import random

from portal.search.engine import FACETS, Document, Query, WhooshIndex

WORDS = """
    sensor learning machine grid battery energy model data water steel robot vision quantum polymer network signal
    storage turbine harvest protein vaccine optical laser ceramic drone satellite traffic cement hydrogen carbon
    university universal collaboration collaborative collaborate industrial industry research researcher testing
    Häuser Haus données donnée الجامعة جامعات the of and new naïve café AI Łódź C++ e-mail 東京 3D co2
""".split()  # noqa: SIM905 - easier to read
KINDS = ("project", "challenge", "internship", "training", "compute")
FIELDS = tuple(f"field-{number}" for number in range(12))
PLACES = ("", "Lyon", "Turku", "Kraków", "Porto")
SKILLS = ("python", "welding", "signal processing")
READERS = ("public", "registered", *(f"org:{number}" for number in range(1, 6)), *(f"person:{n}" for n in range(1, 4)))


def phrase(random: random.Random, low: int, high: int) -> str:
    # The earlier words are the more frequent ones, so that both common and rare words exist.
    chosen = [WORDS[min(int(random.paretovariate(0.6)) - 1, len(WORDS) - 1)] for _ in range(random.randint(low, high))]
    return " ".join(chosen)


def a_document(id: int, random: random.Random, **changes: object) -> Document:
    organisation = random.randint(1, 9)
    values = {
        "id": id,
        "type": "listing",
        "kind": random.choice(KINDS),
        "organisation_id": organisation,
        "organisation": f"University of {phrase(random, 1, 1)} {organisation}",
        "fields": tuple(random.sample(FIELDS, random.randint(0, 3))),
        "reference": f"CH-{id:04}",
        "title": phrase(random, 1, 7).capitalize(),
        "summary": phrase(random, 0, 15),
        "text": phrase(random, 0, 60),
        "readers": ("public",) if random.random() < 0.6 else tuple(random.sample(READERS, random.randint(0, 3))),
        "state": random.choice(("published", "closed")),
        "published_at": 1_700_000_000 + random.randint(0, 40) * 86_400,
        "closes_at": random.choice((None, 1_710_000_000 + random.randint(0, 9) * 86_400)),
        "paid": random.random() < 0.3,
        "remote": random.random() < 0.5,
        "place": random.choice(PLACES),
        "skills": tuple(random.sample(SKILLS, random.randint(0, 2))),
        "topics": phrase(random, 0, 6),
        "trl": random.choice((None, 2, 5, 6)),
        "levels": random.choice(((), ("master",), ("bachelor", "master"))),
        "mode": random.choice(("", "online")),
        "amount": random.choice((0, 0, 900, 50_000, 10**12)),
        "currency": random.choice(("EUR", "JPY")),
        "language": random.choice(("en", "en", "de", "xx")),
    }
    return Document(**(values | changes))


def some_documents(count: int, seed: int, first: int = 1) -> list[Document]:
    chance = random.Random(seed)
    return [a_document(first + number, chance) for number in range(count)]


def a_text(random: random.Random) -> str:
    def piece() -> str:
        word = random.choice(WORDS)
        return random.choice(
            (word, word, word, f'"{phrase(random, 2, 3)}"', f"-{word}", f"{word[:4]}*", f"{word} OR {random.choice(WORDS)}")
        )

    return " ".join(piece() for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3))))


def a_query(seed: int) -> Query:
    chance = random.Random(seed)
    choices = {
        "kind": KINDS,
        "organisation": tuple(map(str, range(1, 11))),
        "field": FIELDS,
        "state": ("published", "closed"),
        "place": PLACES[1:],
        "remote": ("yes", "no"),
        "paid": ("yes", "no"),
        "skill": SKILLS,
        "trl": ("1", "2", "5", "6"),
        "level": ("master", "bachelor"),
        "currency": ("EUR", "JPY"),
    }
    filters = {
        name: tuple(chance.sample(values, chance.randint(1, 2))) for name, values in choices.items() if chance.random() < 0.15
    }
    open_at = chance.choice((None, None, 1_710_300_000, 1_709_000_000))
    if open_at and chance.random() < 0.3:
        filters["closes"] = tuple(chance.sample(("14", "30", "90", "nonsense"), chance.randint(1, 2)))
    return Query(
        text=a_text(chance),
        filters=filters,
        readers=tuple(chance.sample(READERS, chance.randint(0, 4))) if chance.random() < 0.5 else ("public",),
        sort=chance.choice(("best", "best", "newest", "closing", "amount")),
        page=chance.choice((1, 1, 1, 2, 3)),
        per_page=chance.choice((1, 5, 20)),
        facets=tuple(chance.sample([name for name in FACETS if open_at or name != "closes"], 6)),
        facet_values=chance.choice((2, 100, 10**6)),
        beginning=chance.choice(("", "", "", "Pro", "field-1", "ö", " - ", "fi x")),
        open_at=open_at,
        amount=chance.choice((None, None, None, None, (0, 900), (901, 10**14))),
        among=chance.choice((None, None, None, None, frozenset(range(0, 150, 2)))),
    )


PUBLIC = ("public",)


def listing(id: int, title: str = "Anything", **changes: object) -> Document:
    """A public document with nothing in it but what a test says."""
    plain = {
        "organisation": "",
        "summary": "",
        "text": "",
        "topics": "",
        "fields": (),
        "readers": PUBLIC,
        "published_at": id,
        "language": "en",
    }
    return a_document(id, random.Random(id), title=title, **(plain | changes))


def ids(index: WhooshIndex, text: str = "", **more: object) -> tuple[int, ...]:
    """What the public finds."""
    return index.search(Query(text=text, **({"readers": PUBLIC} | more))).ids
