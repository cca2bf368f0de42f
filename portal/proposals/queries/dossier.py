"""What lies around one proposal – messages, files, versions – in a single statement, since its page has few to spend."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, bindparam, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.models import File
from portal.files.queries import Attached
from portal.kernel.db import plain_rows
from portal.kernel.policy import Actor
from portal.proposals.models import Proposal, ProposalVersion
from portal.threads.models import Message
from portal.threads.queries import Said

MESSAGES = 200  # the newest that are shown
_NUMBER = cast(null(), Integer)
_PROPOSAL = bindparam("proposal", type_=Integer)
_SIDES: Any = bindparam("sides", expanding=True)
_MESSAGES = (
    select(
        literal("message").label("what"),
        Message.id.label("id"),
        Message.at.label("at"),
        Message.author_id.label("person_id"),
        User.name.label("person"),
        Message.body.label("text"),
        Message.side_id.label("side_id"),
        _NUMBER.label("number"),
    )
    .join(User, User.id == Message.author_id)
    .where(Message.subject_type == "proposal", Message.subject_id == _PROPOSAL)
    .where(or_(Message.side_id.is_(None), Message.side_id.in_(_SIDES)))
    .order_by(Message.id.desc())
    .limit(MESSAGES)
    .subquery()
)
_FILES = (
    select(literal("file"), File.id, File.at, File.uploaded_by_id, User.name, File.name, File.side_id, File.size_bytes)
    .join(User, User.id == File.uploaded_by_id)
    .where(File.subject_type == "proposal", File.subject_id == _PROPOSAL)
    .where(or_(File.side_id.is_(None), File.side_id.in_(_SIDES)))
)
_VERSIONS = (
    select(
        literal("version"),
        ProposalVersion.id,
        ProposalVersion.at,
        ProposalVersion.submitted_by_id,
        User.name,
        ProposalVersion.sha256,
        _NUMBER,
        ProposalVersion.number,
    )
    .join(User, User.id == ProposalVersion.submitted_by_id)
    .where(ProposalVersion.proposal_id == _PROPOSAL)
)
_EVERYTHING = union_all(select(*_MESSAGES.c), _FILES, _VERSIONS)  # made once: making it takes longer than asking


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

    messages: list[Said] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    versions: list[Submitted] = field(default_factory=list)


def dossier_of(session: Session, actor: Actor, proposal: Proposal) -> Dossier:
    """The dossier as `actor` may see it: what one side keeps to itself is left out for the other.

    Whether the proposal's text may be read at all is for the caller.
    """
    dossier = Dossier()
    rows = plain_rows(session, _EVERYTHING, {"proposal": proposal.id, "sides": sorted(actor.organisations)})
    for row in rows:
        if row.what == "message":
            dossier.messages.append(_message(row))
        elif row.what == "file":
            dossier.files.append(_file(row))
        else:
            dossier.versions.append(Submitted(row.number, row.at, row.person, row.text))
    dossier.messages.sort(key=lambda message: message.id)
    dossier.files.sort(key=lambda file: -file.id)
    dossier.versions.sort(key=lambda version: -version.number)
    return dossier


def _message(row: Any) -> Said:
    return Said(row.id, row.at, row.person_id, row.person, row.text, row.side_id)


def _file(row: Any) -> Attached:
    return Attached(row.id, row.at, row.person_id, row.person, row.text, row.number, row.side_id)
