"""Measures the search engine on texts recombined from the portal's own records.

Keys of the figures, all of CPU time and of one run:
  <query>.cpu_ms             a question answered, median
  <query>.x_tantivy          ours divided by tantivy's (for facets: facets_x_tantivy): lower is better; only where the
                             package is installed
  facets6.facets_x_fts5      ours divided by those of SQLite's full-text search and SQL: lower is better
  similar.x_tantivy          the same for what is most like a document
  <query>.x_classic          the search library's own matchers divided by ours: higher is better
  hostile_text.cpu_ms        the slowest of some 100 kB questions, asked for the first time
  highlight20.cpu_ms         the pieces of 20 texts that show why they were found
  update.cpu_ms, .wall_ms    one changed document until it is found, commit and all; visible_p99_s the 99th of a hundred
  batch.cpu_ms               a document of a batch of a hundred
  reader_mb                  private memory of one more process that has asked all of these questions
  generated.differing        of so many made-up questions (QUESTIONS, 2000 if not set) those that the search library's own
                             matchers answer otherwise, in total, ids, order or counts
  build.documents_per_cpu_s  a rebuild

The environment variable DOCUMENTS sets the size of the index, 10000 if not set.
"""

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._documents import FACETS3, FACETS6, MEMBER, PUBLIC, documents
from bench._documents import questions as made_up
from bench._tables import Tables
from bench.harness import Result, arguments, measure, write_json
from portal.search.engine import Query, WhooshIndex, highlight

try:
    from bench._rival import Rival
except ImportError:
    Rival = None

DOCUMENTS = int(os.environ.get("DOCUMENTS", "10000"))
QUESTIONS = int(os.environ.get("QUESTIONS", "2000"))
UPDATES, BATCHES, BATCH = 100, 5, 100

HOSTILE = (
    *("(" * 100_000, '"' * 99_999, "e\u0301\u0316" * 33_000, "a* " * 33_000, "con* " * 20_000, "\ud800" * 100_000),
    *("a OR " * 20_000, "-a " * 33_000, '"a b" ' * 16_000, "\x00\x1b[31m" * 10_000, "(.*)+$" * 16_000, "x" * 100_000),
)
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

SIMILAR = Query(readers=PUBLIC, per_page=10)

#: The library's own matchers take up to seconds for one question.
CLASSIC = ("common_term", "any_of_four", "facets6")
#: What tantivy can be asked in the same words.
RIVAL = (
    *("rare_term", "common_term", "all_of_three", "any_of_four", "phrase", "two_filters", "member_of_100", "browse"),
    *("facets3", "facets6"),
)


def main() -> None:
    """Build, ask, print, write."""
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = build(folder)
        index = WhooshIndex(folder / "index")
        figures |= questions(index)
        figures |= against_classic(folder / "index")
        if Rival:
            figures |= against_tantivy(index, folder / "tantivy")
        figures |= against_tables(index)
        figures |= {"reader_mb": reader_mb(folder / "index")}
        figures |= {"generated.differing": differing(folder / "index")}
        figures |= updates(index)
    for name, value in figures.items():
        print(f"{name:32} {value:10.3f}")
    if options.json:
        write_json(options.json, figures)


def build(folder: Path) -> dict[str, float]:
    print(f"building an index of {DOCUMENTS:,} documents …", file=sys.stderr)
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
    print("asking tantivy …", file=sys.stderr)
    rival = Rival(folder, documents(DOCUMENTS))
    calls = {name: lambda name=name: index.search(QUERIES[name]) for name in RIVAL}
    calls |= {f"{name} tantivy": lambda name=name: rival.search(QUERIES[name]) for name in RIVAL}
    numbers = itertools.cycle(range(1, 200))  # another document each time
    calls["similar"] = lambda: index.similar(next(numbers), SIMILAR)
    calls["similar tantivy"] = lambda: rival.similar(next(numbers), SIMILAR)
    results = measure(calls)
    keys = {name: f"{name}.{'facets_' if QUERIES[name].facets else ''}x_tantivy" for name in RIVAL}
    keys["similar"] = "similar.x_tantivy"
    return {key: ratio(results, name, f"{name} tantivy") for name, key in keys.items()}


def against_tables(index: WhooshIndex) -> dict[str, float]:
    print("asking SQLite …", file=sys.stderr)
    tables, asked = Tables(documents(DOCUMENTS)), QUERIES["facets6"]
    results = measure({"ours": lambda: index.search(asked), "theirs": lambda: tables.search(asked)}, rounds=7)
    return {"facets6.facets_x_fts5": ratio(results, "ours", "theirs")}


def differing(path: Path) -> float:
    print(f"comparing {QUESTIONS:,} answers with the search library's own …", file=sys.stderr)
    vector, classic = WhooshIndex(path), WhooshIndex(path, executor="classic")
    found = sum(vector.search(query) != classic.search(query) for query in made_up(QUESTIONS))
    classic.close()
    return float(found)


def reader_mb(path: Path) -> float:
    """In a process of its own, so that nothing else of this one counts: what comes with the questions, not with Python."""
    asked = f"""
import sys
from pathlib import Path
from bench.search import QUERIES, private_mb
from portal.search.engine import WhooshIndex
before = private_mb()
index = WhooshIndex(Path({str(path)!r}))
for query in QUERIES.values():
    index.search(query)
print(private_mb() - before)
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    return float(done.stdout)


def private_mb() -> float:
    """Memory that this process shares with no other."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def updates(index: WhooshIndex) -> dict[str, float]:
    cpu, wall = [], []
    for document in itertools.islice(documents(DOCUMENTS, seed=2), UPDATES):
        started = time.process_time(), time.perf_counter()
        index.index([document])
        index.search(QUERIES["common_term"])
        cpu.append((time.process_time() - started[0]) * 1000)
        wall.append((time.perf_counter() - started[1]) * 1000)
    changed, batches = list(documents(BATCHES * BATCH, seed=3)), []
    for start in range(0, len(changed), BATCH):
        begun = time.process_time()
        index.index(changed[start : start + BATCH])
        batches.append((time.process_time() - begun) * 1000 / BATCH)
    return {
        "update.cpu_ms": statistics.median(cpu),
        "update.wall_ms": statistics.median(wall),
        "update.longest_wall_ms": max(wall),
        "visible_p99_s": statistics.quantiles(wall, n=100)[98] / 1000,
        "batch.cpu_ms": statistics.median(batches),
    }


def ratio(results: dict[str, Result], one: str, other: str) -> float:
    return results[one].median_ms / results[other].median_ms


if __name__ == "__main__":
    main()
