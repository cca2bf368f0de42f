"""Measures the search engine on texts recombined from the portal's own records.

Keys of the figures, all of CPU time and of one run:
  <query>.cpu_ms             a question answered, median
  <query>.x_classic          the search library's own matchers divided by ours: higher is better
  <query>.x_tantivy          ours divided by tantivy's (for facets: facets_x_tantivy): lower is better; only where the
                             package is installed
  hostile_text.cpu_ms        the slowest of some 100 kB questions, asked for the first time
  highlight20.cpu_ms         the pieces of 20 texts that show why they were found
  update.cpu_ms, .wall_ms    one changed document until it is found, commit and all
  build.documents_per_cpu_s  a rebuild

The environment variable DOCUMENTS sets the size of the index, 10000 if not set.
"""

import itertools
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.harness import Result, arguments, measure, write_json
from portal.search.engine import Document, Query, WhooshIndex, highlight

try:
    from bench._rival import Rival
except ImportError:
    Rival = None

DATA = Path(__file__).parents[1] / "portal" / "data"
DOCUMENTS = int(os.environ.get("DOCUMENTS", "10000"))
UPDATES = 40
YEARS = 6 * 365
PUBLIC = ("public", "registered")
FACETS3 = ("kind", "organisation", "field")
FACETS6 = (*FACETS3, "state", "place", "remote")
KINDS = ("project", "challenge", "internship", "training", "compute")
MARKUP = re.compile(r"<[^>]+>|&\w+;")


def records() -> list[tuple[str, list[str]]]:
    """Titles and sentences of the records that ship with the portal."""
    found = []
    for name in ("projects", "challenges"):
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = MARKUP.sub(" ", str(record.get("abstract") or record.get("description") or ""))
            found.append((str(record["title"]), [part for part in re.split(r"(?<=[.!?])\s+", text) if part]))
    return found


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """Listings with the words, lengths and skew of real ones."""
    chance = random.Random(seed)
    sources = records()
    titles = [word for title, _ in sources for word in title.split()]
    sentences = [sentence for _, text in sources for sentence in text]
    for number in range(1, count + 1):
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
            state=chance.choice(("published", "published", "published", "closed")),
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


HOSTILE = ("(" * 100_000, '"' * 99_999, "e\u0301\u0316" * 33_000, "a* " * 33_000, "con* " * 20_000, "\ud800" * 100_000)
MEMBER = (*PUBLIC, *(f"org:{number}" for number in range(1, 101)), "person:1")
QUERIES = {
    "rare_term": Query("x77", readers=PUBLIC),
    "common_term": Query("research", readers=PUBLIC),
    "all_of_three": Query("data model learning", readers=PUBLIC),
    "any_of_four": Query("energy OR water OR network OR materials", readers=PUBLIC),
    "phrase": Query('"machine learning"', readers=PUBLIC),
    "prefix": Query("collab*", readers=PUBLIC),
    "two_filters": Query("research", readers=PUBLIC, filters={"kind": ("project",), "state": ("published",)}),
    "member_of_100": Query("research", readers=MEMBER),
    "browse": Query(readers=PUBLIC, filters={"kind": ("project",)}, sort="newest"),
    "page_50": Query("research", readers=PUBLIC, page=50),
    "facets3": Query("research", readers=PUBLIC, facets=FACETS3),
    "facets6": Query("research", readers=PUBLIC, facets=FACETS6),
    "facets6_browse": Query(readers=PUBLIC, facets=FACETS6),
    "misspelt": Query("collaboratoin resaerch", readers=PUBLIC),
}

#: The library's own matchers take up to seconds for one question.
CLASSIC = ("common_term", "any_of_four", "facets6")
#: What tantivy can be asked in the same words.
RIVAL = ("rare_term", "common_term", "all_of_three", "any_of_four", "phrase", "member_of_100", "facets3", "facets6")


def main() -> None:
    """Build, ask, print, write."""
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        figures = build(Path(folder))
        index = WhooshIndex(Path(folder) / "index")
        figures |= questions(index)
        figures |= against_classic(Path(folder) / "index")
        if Rival:
            figures |= against_tantivy(index, Path(folder) / "tantivy")
        figures |= updates(index)
    for name, value in figures.items():
        print(f"{name:32} {value:10.3f}")
    if options.json:
        write_json(options.json, figures)


def build(folder: Path) -> dict[str, float]:
    started = time.process_time()
    WhooshIndex(folder / "index").rebuild(documents(DOCUMENTS))
    return {"build.documents_per_cpu_s": DOCUMENTS / (time.process_time() - started)}


def questions(index: WhooshIndex) -> dict[str, float]:
    results = measure({name: lambda query=query: index.search(query) for name, query in QUERIES.items()})
    figures = {f"{name}.cpu_ms": result.median_ms for name, result in results.items()}
    spent = []
    for text in HOSTILE:
        started = time.process_time()
        index.search(Query(text, readers=PUBLIC, facets=FACETS3))
        spent.append((time.process_time() - started) * 1000)
    return figures | {"hostile_text.cpu_ms": max(spent)} | highlights()


def highlights() -> dict[str, float]:
    texts, terms = [document.text for document in documents(20)], ("research", "data")
    results = measure({"highlight20": lambda: [highlight(text, terms) for text in texts]})
    return {"highlight20.cpu_ms": results["highlight20"].median_ms}


def against_classic(path: Path) -> dict[str, float]:
    vector, classic = WhooshIndex(path), WhooshIndex(path, executor="classic")
    calls = {name: lambda name=name: vector.search(QUERIES[name]) for name in CLASSIC}
    calls |= {f"{name} classic": lambda name=name: classic.search(QUERIES[name]) for name in CLASSIC}
    results = measure(calls, rounds=5)
    classic.close()
    return {f"{name}.x_classic": ratio(results, f"{name} classic", name) for name in CLASSIC}


def against_tantivy(index: WhooshIndex, folder: Path) -> dict[str, float]:
    rival = Rival(folder, documents(DOCUMENTS))
    calls = {name: lambda name=name: index.search(QUERIES[name]) for name in RIVAL}
    calls |= {f"{name} tantivy": lambda name=name: rival.search(QUERIES[name]) for name in RIVAL}
    results = measure(calls)
    keys = {name: f"{name}.{'facets_' if QUERIES[name].facets else ''}x_tantivy" for name in RIVAL}
    return {keys[name]: ratio(results, name, f"{name} tantivy") for name in RIVAL}


def updates(index: WhooshIndex) -> dict[str, float]:
    cpu, wall = [], []
    for document in itertools.islice(documents(DOCUMENTS, seed=2), UPDATES):
        started = time.process_time(), time.perf_counter()
        index.index([document])
        index.search(QUERIES["common_term"])
        cpu.append((time.process_time() - started[0]) * 1000)
        wall.append((time.perf_counter() - started[1]) * 1000)
    return {
        "update.cpu_ms": statistics.median(cpu),
        "update.wall_ms": statistics.median(wall),
        "update.longest_wall_ms": max(wall),
    }


def ratio(results: dict[str, Result], one: str, other: str) -> float:
    return results[one].median_ms / results[other].median_ms


if __name__ == "__main__":
    main()
