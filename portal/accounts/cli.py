"""What the operator does with accounts: the first administrator, and adding or closing accounts by hand."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.orm import Session

from portal.accounts.actions import add_account, remove_second_factor
from portal.accounts.closing import deactivate_account
from portal.accounts.inputs import Registration, address
from portal.accounts.mails import SECOND_FACTOR_REMOVED, write
from portal.accounts.passwords import hashed
from portal.accounts.queries import account_by_email, administrator_exists
from portal.accounts.states import Kind
from portal.accounts.strength import LEAST
from portal.kernel import inputs
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.policy import SYSTEM_ACTOR
from portal.web.database import database_of
from portal.web.schema import upgrade

MakeApp = Callable[[], Flask]


@click.command()
@click.option("--name", help="Full name of the first administrator.")
@click.option("--email", help="Address of the first administrator.")
@click.pass_obj
def init(make_app: MakeApp, name: str | None, email: str | None) -> None:
    """Prepare this portal: bring the database up to date and make the first administrator.

    Without a terminal the password is the first line of standard input.
    """
    app = make_app()
    upgrade(app)
    with _writing(app) as session:
        if administrator_exists(session):
            raise click.ClickException("This portal has an administrator already. Add others inside the portal.")
    name = name or click.prompt("Full name")
    email = email or click.prompt("E-mail")
    wanted = _read(app, name, email, _password())
    with app.app_context():
        password_hash = hashed(wanted.password)
    with _writing(app) as session:
        if administrator_exists(session) or account_by_email(session, wanted.email):
            raise click.ClickException("Somebody was faster: there is an administrator, or an account with this address.")
        made = add_account(session, email=wanted.email, name=wanted.name, kind=wanted.kind, password_hash=password_hash)
        made.is_admin = True
    click.echo(f"{wanted.name} can sign in now at {app.extensions['settings'].base_url}/sign-in")


@click.group()
def account() -> None:
    """Add and close accounts."""


@account.command()
@click.option("--name", required=True, help="Full name.")
@click.option("--email", required=True, help="Address.")
@click.option(
    "--kind",
    type=click.Choice([str(kind.value) for kind in Kind]),
    default=str(Kind.PROFESSOR.value),
    show_default=True,
    help="What the person is.",
)
@click.pass_obj
def add(make_app: MakeApp, name: str, email: str, kind: str) -> None:
    """Add a confirmed account without a password: its owner chooses one by mail."""
    app = make_app()
    with _writing(app) as session:
        kept = address("email", email)
        if account_by_email(session, kept):
            raise click.ClickException("There is an account with this address.")
        add_account(session, email=kept, name=inputs.line("name", name, most=120), kind=inputs.one_of("kind", kind, Kind))
    click.echo(f"Added. The password is chosen at {app.extensions['settings'].base_url}/reset")


@account.command()
@click.argument("email")
@click.pass_obj
def deactivate(make_app: MakeApp, email: str) -> None:
    """Close an account at once. What its owner did stays."""
    with _writing(make_app()) as session:
        found = account_by_email(session, address("email", email))
        if found is None or not found.active:
            raise click.ClickException("There is no open account with this address.")
        deactivate_account(session, found, actor=SYSTEM_ACTOR)
    click.echo("Closed.")


@account.command("drop-second-factor")
@click.argument("email")
@click.pass_obj
def drop_second_factor(make_app: MakeApp, email: str) -> None:
    """Let somebody in without a code who lost app, passkeys and recovery codes. Be sure who asks you."""
    with _writing(make_app()) as session:
        found = account_by_email(session, address("email", email))
        if found is None or not found.has_second_factor:
            raise click.ClickException("There is no account with this address and a second factor.")
        remove_second_factor(session, found, actor=SYSTEM_ACTOR)
        write(session, SECOND_FACTOR_REMOVED, found, "accounts.security")
    click.echo("Dropped. Every session has ended.")


@contextmanager
def _writing(app: Flask) -> Iterator[Session]:
    try:
        # a request of nobody's: mails are written with the addresses of pages
        with app.test_request_context(), database_of(app).writing() as session, transaction(session):
            yield session
    except Invalid as invalid:
        raise click.ClickException(f"{invalid.field}: {invalid}") from invalid


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    entered: str = click.prompt(f"Password, {LEAST} characters or more", hide_input=True, confirmation_prompt=True)
    return entered


def _read(app: Flask, name: str, email: str, password: str) -> Registration:
    try:
        return Registration(Kind.OFFICER, name, email, password, app.extensions["settings"].portal_name)
    except Invalid as invalid:
        raise click.ClickException("\n".join(f"{one.field}: {one}" for one in invalid.all())) from invalid
