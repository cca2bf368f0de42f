"""How fast records of public sources come in, what memory that takes, and that a second run changes nothing.

The shipped records are repeated under new ids until there are about 12,000; `--folder` takes the files of a folder instead.

Keys: `import.records_per_s` (of the CPU time that the process itself computes), `import.rss_mb`, `import.again_changed`.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from bench.harness import arguments, write_json
from portal import wiring
from portal.accounts.actions import add_account
from portal.accounts.states import Kind
from portal.app import create_app
from portal.imports.reading import read_records
from portal.imports.report import ImportReport
from portal.imports.running import run_import
from portal.imports.terms import Terms
from portal.kernel.db import transaction
from portal.kernel.events import verify_chain
from portal.kernel.policy import Actor
from portal.kernel.settings import Settings
from portal.web.schema import upgrade

SHIPPED = Path(__file__).parents[1] / "portal" / "data"
COPIES = {"projects": 12, "challenges": 8, "internships": 40, "training": 40, "compute_resources": 20, "skills": 3}
TOLD_APART_BY = {"skills": "uri", "training": "title", "compute_resources": "name"}  # else by its id
BAR, RSS_MB = 300.0, 500.0


@dataclass(frozen=True)
class Run:
    """One kind, once."""

    report: ImportReport
    cpu: float
    seconds: float
    lines: int


def main() -> bool:
    options = arguments(__doc__, folder="import the JSON Lines of this folder, as far as their names are kinds")
    with tempfile.TemporaryDirectory(prefix="causeway-bench-") as name:
        folder = options.folder or written(Path(name))
        app, actor = a_portal(Path(name) / "instance")
        # Last what adds to organisations, whoever named them.
        kinds = sorted(wiring.OFFERS, key=lambda kind: kind == "university_domains")
        files = [folder / f"{kind}.jsonl" for kind in kinds if (folder / f"{kind}.jsonl").exists()]
        first = [taken_in(app, actor, file) for file in files]
        again = [taken_in(app, actor, file) for file in files]
        with app.extensions["database"].reading() as session:
            assert verify_chain(session)[1] is None
    for one in first:
        told(one)
    read, cpu = sum(one.report.read for one in first), sum(one.cpu for one in first)
    figures = {
        "import.records_per_s": round(read / cpu, 1),
        "import.rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "import.again_changed": sum(one.report.created + one.report.updated for one in again),
    }
    lost = sum(one.lines - one.report.read - one.report.blank for one in (*first, *again))
    print(f"{read} records in {cpu:.1f} s of CPU, {sum(one.seconds for one in first):.1f} s by the clock; {lost} unaccounted for")
    print("\n".join(f"{key:24}{value:10.1f}" for key, value in figures.items()))
    if options.json:
        write_json(options.json, figures)
    fast, small = figures["import.records_per_s"] >= BAR, figures["import.rss_mb"] <= RSS_MB
    return fast and small and not figures["import.again_changed"] and not lost


def a_portal(folder: Path) -> tuple[Flask, Actor]:
    """An empty portal as `portal init` makes it, and its administrator."""
    app = create_app(Settings(instance=folder, secret_key="for measuring", worker_thread=False))
    folder.mkdir(exist_ok=True)
    upgrade(app)
    with app.extensions["database"].writing() as session, transaction(session):
        account = add_account(session, email="operator@example.org", name="Operator", kind=Kind.OFFICER)
        account.is_admin = True
        session.flush()
        return app, Actor(account.id, account.name, is_admin=True)


def taken_in(app: Flask, actor: Actor, file: Path) -> Run:
    """One file in, with what that took."""
    with file.open("rb") as stream:
        lines = sum(1 for _ in stream)
    begun, spent = time.monotonic(), time.process_time()
    with file.open("rb") as stream, app.extensions["database"].writing() as session:
        report = run_import(session, read_records(stream), wiring.OFFERS[file.stem](Terms(actor)))
    return Run(report, time.process_time() - spent, time.monotonic() - begun, lines)


def told(run: Run) -> None:
    """A row of the report, as docs/figures.md has it."""
    one = run.report
    numbers = (one.read, one.created, one.updated, one.unchanged, one.refused)
    print(f"| {one.kind} | {' | '.join(f'{n:,}' for n in numbers)} | {run.cpu:.1f} | {one.read / max(run.cpu, 0.01):,.0f} |")


def written(folder: Path) -> Path:
    """The shipped files with each record as often as `COPIES` says."""
    for kind in wiring.OFFERS:
        with (folder / f"{kind}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(record)}\n" for record in copies(kind))
    return folder


def copies(kind: str) -> Iterator[dict[str, Any]]:
    records = [json.loads(line) for line in (SHIPPED / f"{kind}.jsonl").read_text(encoding="utf-8").split("\n") if line]
    for number in range(COPIES.get(kind, 1)):
        for record in records:
            own = TOLD_APART_BY.get(kind, "id")
            yield {**record, own: f"{record.get(own) or record.get('code')}-{number}"} if number else record


if __name__ == "__main__":
    sys.exit(not main())
