"""What lies around one proposal – messages, files, versions – in a single statement, since its page has few to spend."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.models import File
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.proposals.models import Proposal, ProposalVersion
from portal.threads.models import Message

MESSAGES = 200  # the newest that are shown
_NUMBER = cast(null(), Integer)


@dataclass(frozen=True)
class Submitted:
    """One line of the list of versions."""

    number: int
    at: dt.datetime
    by: str
    sha256: str


@dataclass
class Dossier:
    """Messages oldest first, files and versions newest first. Messages and files are read-only copies of their rows."""

    messages: list[Message] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    versions: list[Submitted] = field(default_factory=list)


def dossier_of(session: Session, actor: Actor, proposal: Proposal) -> Dossier:
    """The dossier as `actor` may see it: what one side keeps to itself is left out for the other.

    Whether the proposal's text may be read at all is for the caller.
    """
    dossier = Dossier()
    parts = (_messages(actor, proposal), _files(actor, proposal), _versions(proposal))
    for row in session.execute(union_all(*parts)):
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


def _messages(actor: Actor, proposal: Proposal) -> AnySelect:
    newest = (
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
        .where(Message.subject_type == "proposal", Message.subject_id == proposal.id, _open_to(actor, Message.side_id))
        .order_by(Message.id.desc())
        .limit(MESSAGES)
        .subquery()
    )
    return select(*newest.c)


def _files(actor: Actor, proposal: Proposal) -> AnySelect:
    return (
        select(literal("file"), File.id, File.at, File.uploaded_by_id, User.name, File.name, File.side_id, File.size_bytes)
        .join(User, User.id == File.uploaded_by_id)
        .where(File.subject_type == "proposal", File.subject_id == proposal.id, _open_to(actor, File.side_id))
    )


def _versions(proposal: Proposal) -> AnySelect:
    return (
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
        .where(ProposalVersion.proposal_id == proposal.id)
    )


def _open_to(actor: Actor, side_id: Any) -> Any:
    return or_(side_id.is_(None), side_id.in_(actor.organisations))


def _message(row: Any) -> Message:
    author = User(name=row.person)
    return Message(id=row.id, at=row.at, author_id=row.person_id, author=author, body=row.text, side_id=row.side_id)


def _file(row: Any) -> File:
    return File(
        id=row.id,
        at=row.at,
        uploaded_by_id=row.person_id,
        uploaded_by=User(name=row.person),
        name=row.text,
        side_id=row.side_id,
        size_bytes=row.number,
    )
