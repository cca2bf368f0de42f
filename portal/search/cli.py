"""What the operator does with the index: look at it, or build it anew."""

import os
from collections.abc import Callable

import click
from flask import Flask

from portal.kernel.db import Database
from portal.search.indexing import differences, how_many, rebuild_all
from portal.search.shelves import Shelf
from portal.web.database import database_of

MakeApp = Callable[[], Flask]


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command("rebuild")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 1,
    show_default="one for each processor",
    help="How many share the work.",
)
@click.pass_obj
def rebuild_command(make_app: MakeApp, processes: int) -> None:
    """Build the index anew from the database; the search goes on meanwhile. Ended and called again, it goes on where it was."""
    app = make_app()
    database, shelves = database_of(app), app.extensions["shelves"]
    with click.progressbar(length=sum(how_many(database, shelf.indexed) for shelf in shelves)) as bar:
        done = rebuild_all(database, shelves, progress=lambda done: bar.update(done - bar.pos), processes=processes)
    for name, number in done.items():
        click.echo(f"The index of {name} holds {number}.")


@search.command("check")
@click.pass_obj
def check_command(make_app: MakeApp) -> None:
    """Read every file of the index and compare everything in it with the database."""
    app = make_app()
    unsound = [name for shelf in app.extensions["shelves"] if (name := _told(database_of(app), shelf))]
    if unsound:
        raise click.ClickException("\n".join(unsound))
    click.echo("The index is sound.")


def _told(database: Database, shelf: Shelf) -> str:
    """Says what one index holds, and returns what is wrong with it."""
    health = shelf.index.check()
    click.echo(f"{shelf.name}: {health.documents} in {health.segments} segments, {health.bytes / 1e6:.1f} MB.")
    if not health.ok:
        return f"{shelf.name}: {health.problem}. Run: portal search rebuild"
    found = differences(database, shelf.index, shelf.indexed)
    if not found:
        return ""
    return (
        f"{shelf.name}: the index differs from the database: {len(found.missing)} are missing, {len(found.outdated)} have "
        f"changed since, {len(found.surplus)} should not be there. While the worker runs it catches up by itself; "
        "if it does not, run: portal search rebuild"
    )
