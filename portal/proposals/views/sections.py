"""Who of the team writes which part, as the pages of the form and of the team show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g

from portal.proposals.forms import ASKED, PARTS, PartKeptForm
from portal.proposals.models import CoAuthor, Proposal
from portal.proposals.policies import WRITABLE
from portal.proposals.queries import co_authors_of
from portal.proposals.states import Right
from portal.web.words import gettext


@dataclass(frozen=True)
class SectionLine:
    """Who writes one part, for the eyes of the team; `href` where the reader may write it too."""

    label: str
    href: str | None
    name: str
    done: bool


def names_of(proposal: Proposal, people: Sequence[CoAuthor]) -> dict[int, str]:
    """The names of the team by account."""
    return {proposal.author_id: proposal.author.name} | {one.account.id: one.account.name for one in people if one.account}


def sections_of(proposal: Proposal, labels: Mapping[str, str], names: Mapping[int, str], *, writes: bool) -> list[SectionLine]:
    """Who writes which part of the proposal, which was loaded with `FULL`; `labels` by part."""
    kept, lines = proposal.keepers, []
    for part in (part for part in (*PARTS, ASKED) if part in labels):
        owner, done = kept.get(part, (0, False))
        href = f"{proposal.href}/edit/{part}" if writes and proposal.state in WRITABLE else None
        lines.append(SectionLine(gettext(labels[part]), href, names.get(owner, ""), done))
    return lines


def writers_of(proposal: Proposal) -> dict[int, str]:
    """The names of those who may be named for a part, by account."""
    names = names_of(proposal, co_authors_of(g.db, proposal.id))
    return {number: name for number, name in names.items() if proposal.rights.get(number, Right.EDIT) is Right.EDIT}


def keeping_of(proposal: Proposal, step: str) -> PartKeptForm:
    """The form about one part, as it is saved."""
    owner, done = proposal.keepers.get(step, (0, False))
    return PartKeptForm(writers_of(proposal), formdata=None, data={"owner_id": str(owner), "done": done})
