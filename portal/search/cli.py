"""What the operator does with the index: look at it, or build it anew."""

import os
from collections.abc import Callable

import click
from flask import Flask

from portal.search.engine.backend import SearchBackend
from portal.search.indexing import differences, how_many, rebuild
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
    parts = (database_of(app), app.extensions["index"], app.extensions["searched"])
    with click.progressbar(length=how_many(parts[0], parts[2])) as bar:
        done = rebuild(*parts, progress=lambda done: bar.update(done - bar.pos), processes=processes)
    click.echo(f"The index holds {done} listings.")


@search.command("check")
@click.pass_obj
def check_command(make_app: MakeApp) -> None:
    """Read every file of the index and compare each listing in it with the database."""
    app = make_app()
    index: SearchBackend = app.extensions["index"]
    health = index.check()
    click.echo(f"{health.documents} listings in {health.segments} segments, {health.bytes / 1e6:.1f} MB.")
    if not health.ok:
        raise click.ClickException(f"{health.problem}. Run: portal search rebuild")
    found = differences(database_of(app), index, app.extensions["searched"])
    if found:
        raise click.ClickException(
            f"The index differs from the database: {len(found.missing)} listings are missing, {len(found.outdated)} have changed "
            f"since, {len(found.surplus)} should not be there. While the worker runs it catches up by itself; "
            "if it does not, run: portal search rebuild"
        )
    click.echo("The index is sound.")
