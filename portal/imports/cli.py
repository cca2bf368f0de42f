"""`portal import KIND FILE`: one command for every kind that some feature offers."""

import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO

import click
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.imports.reading import read_records
from portal.imports.report import ImportReport
from portal.imports.running import Pace, run_import
from portal.imports.terms import Offer, Terms
from portal.kernel.policy import Actor
from portal.web.database import database_of

MakeApp = Callable[[], Flask]
_INTERRUPTED = 130  # what a shell expects of a program that was stopped by hand


def import_command(offers: Mapping[str, Offer]) -> click.Command:
    """The command over the kinds that features offer."""

    @click.command("import", help="Bring in records of public sources. FILE holds JSON Lines; - reads standard input.")
    @click.argument("kind", type=click.Choice(list(offers)))
    @click.argument("file", type=click.File("rb"))
    @click.option("--dry-run", is_flag=True, help="Only report what would happen.")
    @click.option("--json", "as_json", is_flag=True, help="Report as JSON.")
    @click.option("--owner", metavar="EMAIL", help="Administrator who answers for it (default: the first).")
    @click.option("--keep-open", is_flag=True, help="Take in as open what is over at its source.")
    @click.pass_obj
    def run(make_app: MakeApp, /, kind: str, file: BinaryIO, as_json: bool, owner: str | None, **how: bool) -> None:
        with database_of(make_app()).writing() as session:
            terms = Terms(_administrator(session, owner), keep_open=how["keep_open"])
            importer = offers[kind](terms)
            report = run_import(session, read_records(file), importer, dry_run=how["dry_run"], pace=Pace(progress=_progress()))
        click.echo(report.as_json() if as_json else report.as_text())
        if report.interrupted:
            sys.exit(_INTERRUPTED)

    return run


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
