"""What the operator does with a portal as a whole: carry it elsewhere, and count what is older than promised."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask

from portal.kernel.db import transaction
from portal.kernel.errors import PortalError
from portal.operations.actions import export_portal, restore_portal, staged_files
from portal.operations.queries import kept_too_long
from portal.search.indexing import rebuild_all
from portal.web.database import database_of
from portal.web.schema import newest_revision, upgrade

MakeApp = Callable[[], Flask]
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("export")
@click.argument("file", type=_FILE)
@click.pass_obj
def export_command(make_app: MakeApp, file: Path) -> None:
    """Write the whole portal into one archive: every table, every upload, and a manifest with their hashes.

    The key that signs cookies is not in it; carry secret_key along by hand.
    """
    app = make_app()
    with _told(), database_of(app).reading() as session:
        contents = export_portal(session, file, app.extensions["files"].folder, newest_revision(app), _name)
    rows = sum(entry.amount for entry in contents.tables.values())
    click.echo(f"{rows} rows of {len(contents.tables)} tables and {len(contents.files)} files are in {file}.")
    if contents.missing:
        click.echo(f"{len(contents.missing)} files were missing: {', '.join(contents.missing)}", err=True)


@click.command("restore")
@click.argument("file", type=_FILE)
@click.pass_obj
def restore_command(make_app: MakeApp, file: Path) -> None:
    """Fill an empty portal from such an archive: all of it, or nothing.

    Afterwards the portal is the one that was exported, row for row; its log is verified on the way.
    """
    app = make_app()
    upgrade(app)
    uploads: Path = app.extensions["files"].folder
    with _told(), database_of(app).writing() as session, staged_files(file, uploads) as place, transaction(session):
        contents = restore_portal(session, file, uploads, newest_revision(app), _name)
        place()
    rebuild_all(database_of(app), app.extensions["shelves"])
    rows = sum(entry.amount for entry in contents.tables.values())
    click.echo(f"{rows} rows and {len(contents.files)} files are here; the log is sound up to {contents.chain[:16]}.")


@click.command("retention")
@click.pass_obj
def retention_command(make_app: MakeApp) -> None:
    """Count what is kept for longer than people were promised, with the day of the oldest. Nothing is removed."""
    with database_of(make_app()).reading() as session:
        found = kept_too_long(session)
    for kept in found:
        since = f", the oldest since {kept.oldest_at:%Y-%m-%d}" if kept.oldest_at else ""
        click.echo(f"{kept.what} ({kept.period}): {kept.rows}{since}")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (PortalError, OSError) as problem:
        raise click.ClickException(str(problem)) from problem


def _name(part: str) -> None:
    if part and sys.stderr.isatty():
        click.echo(f"  {part}", err=True)
