"""What the operator does with the index: look at it, or build it anew."""

from collections.abc import Callable

import click
from flask import Flask

from portal.search.indexing import counts, rebuild
from portal.web.database import database_of

MakeApp = Callable[[], Flask]


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command("rebuild")
@click.pass_obj
def rebuild_command(make_app: MakeApp) -> None:
    """Build the index anew from the database; the search goes on meanwhile."""
    app = make_app()
    parts = (database_of(app), app.extensions["index"], app.extensions["searched"])
    with click.progressbar(length=counts(*parts)[0]) as bar:
        done = rebuild(*parts, progress=lambda done: bar.update(done - bar.pos))
    click.echo(f"The index holds {done} listings.")


@search.command("check")
@click.pass_obj
def check_command(make_app: MakeApp) -> None:
    """Read every file of the index and compare it with the database."""
    app = make_app()
    expected, found = counts(database_of(app), app.extensions["index"], app.extensions["searched"])
    health = app.extensions["index"].check()
    click.echo(f"{found} of {expected} listings in the index, {health.segments} segments, {health.bytes / 1e6:.1f} MB.")
    if not health.ok or found != expected:
        raise click.ClickException(f"{health.problem or 'It differs from the database'}. Run: portal search rebuild")
    click.echo("The index is sound.")
