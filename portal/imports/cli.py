"""`portal import KIND FILE`: one command for every kind that some feature offers."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TextIO

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.imports.formats import FORMS, read_any
from portal.imports.report import ImportReport
from portal.imports.running import Pace, run_import
from portal.imports.tables import Columns, columns_in
from portal.imports.terms import Offer, Terms
from portal.kernel.errors import Invalid
from portal.kernel.policy import Actor
from portal.web.database import database_of

MakeApp = Callable[[], Flask]
_HELP = (
    "Bring in records of public sources. FILE holds JSON Lines, a JSON array, or a table with a header (CSV, TSV) in UTF-8, "
    "UTF-16 or Windows-1252; - reads standard input."
)
_INTERRUPTED = 130  # what a shell expects of a program that was stopped by hand


def import_command(offers: Mapping[str, Offer]) -> click.Command:
    """The command over the kinds that features offer."""

    @click.command("import", help=_HELP)
    @click.argument("kind", type=click.Choice(list(offers)))
    @click.argument("file", type=click.File("rb"))
    @click.option("--mapping", type=click.File("r", encoding="utf-8"), help="TOML file: the fields of a table's columns.")
    @click.option("--form", type=click.Choice(FORMS), help="What FILE holds, where that is not found out rightly.")
    @click.option("--dry-run", is_flag=True, help="Only report what would happen.")
    @click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
    @click.option("--owner", metavar="EMAIL", help="Administrator who answers for it (default: the first).")
    @click.option("--keep-open", is_flag=True, help="Take in as open what is over at its source.")
    @click.pass_obj
    def run(make_app: MakeApp, /, kind: str, file: BinaryIO, as_json: bool, owner: str | None, **how: Any) -> None:
        lines = read_any(file, _columns(how["mapping"]), how["form"])
        with database_of(make_app()).writing() as session:
            terms = Terms(_administrator(session, owner), keep_open=how["keep_open"])
            importer = offers[kind](terms)
            report = run_import(session, lines, importer, dry_run=how["dry_run"], pace=Pace(progress=_progress()))
        click.echo(report.as_json() if as_json else report.as_text())
        if report.interrupted:
            sys.exit(_INTERRUPTED)

    return run


def _columns(file: TextIO | None) -> Columns | None:
    try:
        return columns_in(file.read()) if file else None
    except Invalid as invalid:
        raise click.ClickException(str(invalid)) from invalid


def _administrator(session: Session, email: str | None) -> Actor:
    query = select(User).where(User.is_admin, User.active).order_by(User.id).limit(1)
    account = session.scalars(query.where(User.email == email.lower()) if email else query).first()
    if account is None:
        raise click.ClickException("There is no such administrator. The first is made by: portal init")
    actor = Actor(id=account.id, name=account.name, is_admin=True)
    session.rollback()  # lets go of the writer's place until the first batch
    return actor


def _progress() -> Callable[[ImportReport], None] | None:
    if not sys.stderr.isatty():
        return None
    return lambda report: click.echo(f"\r{report.read} read, {report.refused} refused ", nl=False, err=True)
