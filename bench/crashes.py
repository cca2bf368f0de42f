"""Kills whoever changes the search index, again and again, in the middle of changes, rebuilds and the joining of segments.

Keys: `kills`; `lost` documents that were acknowledged and are not there as they were; `torn` changes of which a part is there;
`stuck` locks that outlive their holder; `damaged` times that files do not match one another; `errors` of a reader who asks all
the while; `asked` questions it had answered.
"""

import argparse
import multiprocessing
import os
import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from bench._documents import FACETS3, PUBLIC, documents
from bench.harness import write_json
from portal.search.engine import Document, Query, WhooshIndex
from portal.search.engine.schema import entry

DOCUMENTS, BATCH = 300, 12
LONGEST_SECONDS = 0.6
ASKED = (Query("research", readers=PUBLIC, facets=FACETS3), Query("data OR energy", readers=PUBLIC), Query(readers=PUBLIC))


@dataclass
class Tally:
    """What went wrong so far."""

    kills: int = 0
    lost: int = 0
    torn: int = 0
    stuck: int = 0
    damaged: int = 0
    errors: int = 0
    asked: int = 0
    kinds: dict[str, int] = field(default_factory=dict)  # what was being done when the kill came


def main() -> bool:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one flat object")
    parser.add_argument("--kills", type=int, default=200, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="causeway-bench-") as folder:
        tally = torment(Path(folder) / "index", options.kills)
    for kind, number in sorted(tally.kinds.items()):
        print(f"  killed while {kind}: {number}")
    figures = {name: value for name, value in vars(tally).items() if name != "kinds"}
    for name, value in figures.items():
        print(f"{name:10}{value:8}")
    if options.json:
        write_json(options.json, figures)
    return not (tally.lost or tally.torn or tally.stuck or tally.damaged or tally.errors)


def torment(path: Path, kills: int) -> Tally:
    tally, chance = Tally(), random.Random(11)
    known = {document.id: document for document in documents(DOCUMENTS)}
    WhooshIndex(path).rebuild(known.values())
    over = threading.Event()
    reader = threading.Thread(target=ask_on, args=(path, over, tally))
    reader.start()
    while tally.kills < kills:
        one_kill(path, known, chance, tally)
        if tally.kills % 20 == 0:
            print(f"{tally.kills} of {kills} kills, lost {tally.lost}", flush=True)
    over.set()
    reader.join()
    return tally


def one_kill(path: Path, known: dict[int, Document], chance: random.Random, tally: Tally) -> None:
    """`known` is what was acknowledged; it is what the index must hold afterwards."""
    told, tells = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.get_context("fork").Process(target=write_on, args=(path, dict(known), chance.random(), tells))
    writer.start()
    tells.close()
    time.sleep(chance.uniform(0.02, LONGEST_SECONDS))
    os.kill(writer.pid or 0, signal.SIGKILL)
    writer.join()
    begun: tuple[str, list[Document]] | None = None
    for said in heard(told):
        if said is None and begun:
            known |= {document.id: document for document in begun[1]}
        begun = said
    tally.kills += 1
    kind, pending = begun or ("between two changes", [])
    tally.kinds[kind] = tally.kinds.get(kind, 0) + 1
    examine(path, known, pending, tally)


def heard(told: Connection) -> Iterable[tuple[str, list[Document]] | None]:
    """What the writer said before it died."""
    while True:
        try:
            yield told.recv()
        except (EOFError, OSError):
            return


def write_on(path: Path, known: dict[int, Document], seed: float, tells: Connection) -> None:
    """Change the index until somebody ends this process. Says what it begins, and None when that is done."""
    index, chance = WhooshIndex(path), random.Random(seed)
    for round_ in range(10**6):
        kind = chance.choice(("changing", "changing", "rebuilding", "joining segments"))
        batch = []
        if kind == "changing":
            numbers = sorted(chance.sample(range(1, DOCUMENTS + 1), BATCH))
            fresh = documents(BATCH, seed=hash((seed, round_)))
            batch = [Document(**(vars(document) | {"id": number})) for number, document in zip(numbers, fresh, strict=True)]
        tells.send((kind, batch))
        if kind == "changing":
            index.index(batch)
            known |= {document.id: document for document in batch}
        elif kind == "rebuilding":
            index.rebuild(known.values())
        else:
            index.tidy()
        tells.send(None)


def examine(path: Path, known: dict[int, Document], pending: list[Document], tally: Tally) -> None:
    """What a new process finds: everything acknowledged; of what was under way all or nothing; no lock, no damage."""
    index = WhooshIndex(path)
    started = time.monotonic()
    try:
        index.delete([10**9])
    except Exception:
        tally.stuck += 1
    tally.stuck += time.monotonic() - started > 5
    tally.damaged += not index.check().ok
    found = index.digests()
    arrived = [document for document in pending if found.get(document.id) == digest(document)]
    tally.torn += len(arrived) not in (0, len(pending))
    known |= {document.id: document for document in arrived}
    tally.lost += sum(found.get(number) != digest(document) for number, document in known.items())
    tally.lost += len(found) != len(known)


def digest(document: Document) -> int:
    return entry(document).numbers["digest"]


def ask_on(path: Path, over: threading.Event, tally: Tally) -> None:
    """One reader for the whole time; it never opens the index anew by itself."""
    index = WhooshIndex(path)
    while not over.is_set():
        for query in ASKED:
            try:
                if not index.search(query).total:
                    tally.errors += 1
            except Exception as problem:
                print(f"a reader failed: {problem!r}", flush=True)
                tally.errors += 1
            tally.asked += 1
        over.wait(0.01)


if __name__ == "__main__":
    raise SystemExit(not main())
