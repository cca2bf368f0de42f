"""The log on the command line."""

from typing import Any

import click
from sqlalchemy import select

from portal.kernel.events import Event, verify_chain
from portal.web.database import database_of


@click.group("audit")
def audit_commands() -> None:
    """The log of everything that happened."""


@audit_commands.command("verify")
@click.pass_obj
def verify(make_app: Any) -> None:
    """Check that no entry of the log was changed, removed or put in later. Ends with 1 where one was."""
    with database_of(make_app()).reading() as session:
        sound, broken = verify_chain(session)
        last = session.scalar(select(Event.hash).order_by(Event.id.desc()).limit(1))
    if broken is not None:
        raise click.ClickException(f"The log is broken at entry {broken}; the {sound} entries before it are sound.")
    click.echo(
        f"The log is sound: {sound} entries. Fingerprint of the last one, which shows later whether any was cut off: {last}"
    )
