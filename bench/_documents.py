"""Listings with the words, lengths and skew of real ones, recombined from the records that ship with the portal."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from portal.search.engine import Document, Query

DATA = Path(__file__).parents[1] / "portal" / "data"
YEARS = 6 * 365
KINDS = ("project", "challenge", "internship", "training", "compute")
STATES = ("published", "published", "published", "closed")
PUBLIC = ("public", "registered")
MEMBER = (*PUBLIC, *(f"org:{number}" for number in range(1, 101)), "person:1")
FACETS3 = ("kind", "organisation", "field")
FACETS6 = (*FACETS3, "state", "place", "remote")
SORTS = ("best", "best", "newest", "closing")
MARKUP = re.compile(r"<[^>]+>|&\w+;")


def records() -> list[tuple[str, list[str]]]:
    """Titles and sentences of the records."""
    found = []
    for name in ("projects", "challenges"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = MARKUP.sub(" ", str(record.get("abstract") or record.get("description") or ""))
            found.append((str(record["title"]), [part for part in re.split(r"(?<=[.!?])\s+", text) if part]))
    return found


def documents(count: int, seed: int = 1, first: int = 1) -> Iterator[Document]:
    """So many, with ids from `first` on; the same for the same seed."""
    chance = random.Random(seed)
    sources = records()
    titles = [word for title, _ in sources for word in title.split()]
    sentences = [sentence for _, text in sources for sentence in text]
    for number in range(first, first + count):
        title = chance.choice(sources)[0].split()
        mixed = title[: len(title) // 2] + chance.sample(titles, chance.randint(2, 5)) + [f"x{chance.randrange(count)}"]
        organisation = min(int(chance.paretovariate(0.7)), 2_000)
        published = 1_700_000_000 + chance.randrange(YEARS) * 86_400
        yield Document(
            id=number,
            type="listing",
            kind=chance.choice(KINDS),
            organisation_id=organisation,
            organisation=f"Institute {organisation} of {chance.choice(titles)}",
            fields=tuple(f"field-{min(int(chance.paretovariate(0.8)), 40)}" for _ in range(chance.randint(1, 3))),
            reference=f"LI-{number:05}",
            title=" ".join(mixed),
            summary=chance.choice(sentences),
            text=" ".join(chance.sample(sentences, 6)),
            readers=_readers(chance),
            state=chance.choice(STATES),
            published_at=published,
            closes_at=published + chance.randrange(1, 200) * 86_400,
            paid=chance.random() < 0.4,
            remote=chance.random() < 0.3,
            place=f"place-{min(int(chance.paretovariate(0.5)), 60)}",
        )


def _readers(chance: random.Random) -> tuple[str, ...]:
    draw = chance.random()
    if draw < 0.85:
        return ("public",)
    return (f"org:{chance.randint(1, 200)}",) if draw < 0.95 else (f"person:{chance.randint(1, 2_000)}",)


def questions(count: int, seed: int = 5) -> Iterator[Query]:
    """Made-up questions of every form: words, phrases, beginnings, alternatives, exclusions, filters, sorts, people."""
    chance = random.Random(seed)
    words = [word.strip(".,;:()").lower() for _, text in records() for sentence in text[:3] for word in sentence.split()]
    words = [word for word in words if word.isalpha()]

    def piece() -> str:
        word = chance.choice(words)
        form = chance.randrange(8)
        if form == 0:
            return f'"{word} {chance.choice(words)}"'
        if form == 1:
            return f"{word[: chance.randint(3, 6)]}*"
        if form == 2:
            return f"-{word}"
        return f"{word} OR {chance.choice(words)}" if form == 3 else word

    for _ in range(count):
        filters = {"kind": tuple(chance.sample(KINDS, chance.randint(1, 2)))} if chance.random() < 0.3 else {}
        filters |= {"state": ("published",)} if chance.random() < 0.3 else {}
        yield Query(
            " ".join(piece() for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3)))),
            readers=chance.choice((PUBLIC, MEMBER, ("public",))),
            filters=filters,
            sort=chance.choice(SORTS),
            page=chance.choice((1, 1, 1, 2, 5)),
            facets=FACETS3 if chance.random() < 0.2 else (),
        )
