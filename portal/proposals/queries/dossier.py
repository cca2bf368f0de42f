"""What lies around one proposal – messages, files, versions – in a single statement, since its page has few to spend."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.queries import FILES, Shelf, shelf_of
from portal.kernel.db import AnySelect, AnyUnion, plain_rows
from portal.kernel.policy import Actor
from portal.proposals.models import Proposal, ProposalVersion
from portal.threads.queries import CONVERSATION, Thread, conversation_values, thread_of

_VERSIONS = (
    select(ProposalVersion.number, ProposalVersion.at, User.name.label("person"), ProposalVersion.sha256)
    .join(User, User.id == ProposalVersion.submitted_by_id)
    .where(ProposalVersion.proposal_id == bindparam("id"))
)


def _together(statements: Mapping[str, AnySelect]) -> AnyUnion:
    """All of them as one, each row with `what` it is and with nothing in the columns of the others."""
    parts = {what: statement.subquery() for what, statement in statements.items()}
    columns = {column.key: column.type for part in parts.values() for column in part.c}
    return union_all(
        *(
            select(
                literal(what).label("what"),
                *(part.c[key] if key in part.c else cast(null(), kind).label(key) for key, kind in columns.items()),
            )
            for what, part in parts.items()
        )
    )


# Made once: making it takes longer than asking.
_EVERYTHING = _together({"message": CONVERSATION, "file": FILES, "version": _VERSIONS})


@dataclass(frozen=True)
class Submitted:
    """One line of the list of versions."""

    number: int
    at: dt.datetime
    by: str
    sha256: str


@dataclass
class Dossier:
    """Messages oldest first, files and versions newest first."""

    messages: Thread = field(default_factory=Thread)
    files: Shelf = field(default_factory=Shelf)
    versions: list[Submitted] = field(default_factory=list)


def dossier_of(session: Session, actor: Actor, proposal: Proposal) -> Dossier:
    """The dossier as `actor` may see it: what one side keeps to itself is left out for the other.

    Whether the proposal's text may be read at all is for the caller.
    """
    values = {**conversation_values(actor, "proposal", proposal), "type": "proposal", "id": proposal.id}
    rows: dict[str, list[Any]] = {"message": [], "file": [], "version": []}
    for row in plain_rows(session, _EVERYTHING, values):
        rows[row.what].append(row)
    versions = [Submitted(row.number, row.at, row.person, row.sha256) for row in rows["version"]]
    return Dossier(
        thread_of(actor, "proposal", proposal, sorted(rows["message"], key=lambda row: row.id or 0)),
        shelf_of(actor, "proposal", proposal, rows["file"]),
        sorted(versions, key=lambda version: -version.number),
    )
