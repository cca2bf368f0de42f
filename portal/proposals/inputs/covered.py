"""What each side's approval covers of a proposal, and which of that a new version touches.

Scope and terms are agreed by both. Of money and people each answers for its own: what the host is asked to pay is a matter of
both, what an organisation puts in itself and whom it sends are its own matter. A file belongs to the part that its category
says. Title, summary and order are nobody's.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from portal.approvals.states import Side
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.proposals.inputs.budget import Partner
from portal.proposals.inputs.content import Content
from portal.proposals.inputs.houses import House, known_houses
from portal.proposals.states import FileCategory, Funding


class Covered(Labelled):
    """A part of a proposal that approvals cover."""

    SCOPE = "scope", N_("the scope")
    MONEY = "money", N_("the money")
    PEOPLE = "people", N_("the people")
    TERMS = "terms", N_("the terms")


Mine = Callable[[str], bool]  # whether the partner with this key is the side's own organisation
Houses = Mapping[str, Partner]  # the partners by key

SCOPE = ("objectives", "approach", "starts_on", "packages", "deliverables", "milestones", "answers")
MONEY = ("lines", "currency", "said_minor", "full_cost_minor", "price_minor")
PEOPLE = ("team", "partners", "members")
TERMS = (
    *("rights", "results_owner", "publication_days", "background", "personal_data", "data_class", "ethics"),
    *("compute_needs", "compute_listing"),
)
BY_CATEGORY = ("files",)
IMMATERIAL = ("title", "summary")


def _scope(content: Content, _mine: Mine, _side: Side) -> Any:
    packages = ((row.code, row.title, row.goal, row.first_month, row.last_month, sorted(row.after)) for row in content.packages)
    rows = (packages, content.deliverables, content.milestones, ((given.key, given.value) for given in content.answers))
    return content.objectives, content.approach, content.starts_on, [_in_any_order(each) for each in rows]


def _money(content: Content, mine: Mine, side: Side) -> Any:
    lines = [line for line in content.costs if line.funding is Funding.ASKED or mine(line.partner)]
    own = content.full_cost_minor if side is Side.PARTNER else None
    return content.currency, content.said_minor, content.price_minor, own, _in_any_order(lines)


def _people(content: Content, mine: Mine, side: Side) -> Any:
    members: list[Any] = [(row.name, row.role, row.partner) for row in content.members if mine(row.partner)]
    leads = [(row.code, row.lead) for row in content.packages if mine(row.lead)]
    return content.team if side is Side.PARTNER else "", *(_in_any_order(rows) for rows in (members, leads))


def _terms(content: Content, _mine: Mine, _side: Side) -> Any:
    return [getattr(content, name) for name in TERMS]


_OF: Mapping[Covered, Callable[[Content, Mine, Side], Any]] = {
    Covered.SCOPE: _scope,
    Covered.MONEY: _money,
    Covered.PEOPLE: _people,
    Covered.TERMS: _terms,
}


_FILED: Mapping[FileCategory, Covered] = {
    FileCategory.ANNEX: Covered.SCOPE,
    FileCategory.OTHER: Covered.SCOPE,
    FileCategory.QUOTE: Covered.MONEY,
    FileCategory.LETTER: Covered.PEOPLE,
    FileCategory.CV: Covered.PEOPLE,
    FileCategory.PAPER: Covered.TERMS,
}


def touched(before: Content, after: Content, side: Side, *, host: House) -> list[Covered]:
    """Which parts that this side's approval covers differ between two contents; `host` is the listing's organisation."""
    was, now = known_houses(before, after), known_houses(after, before)
    return [
        part
        for part, view in _OF.items()
        if view(before, _own(was, side, host), side) != view(after, _own(now, side, host), side)
        or _files(before, part, side) != _files(after, part, side)
        or (part is Covered.PEOPLE and _taking_part(was) != _taking_part(now))
    ]


def _taking_part(houses: Houses) -> list[str]:
    """Which organisations take part, and as what, is a matter of both."""
    return _in_any_order((each.organisation or each.name, each.role) for each in houses.values())


def _files(content: Content, part: Covered, side: Side) -> list[str]:
    """The bytes that belong to a part, whatever they are called; who the people are is what the proposer's side answers for."""
    rows = [file for file in content.files if _FILED[file.category] is part]
    return sorted(file.sha256 for file in rows if side is Side.PARTNER or file.category is not FileCategory.CV)


def _own(houses: Houses, side: Side, host: House) -> Mine:
    """Whatever is not the host's own is what the proposer's side answers for."""
    keys = {key for key, partner in houses.items() if host.is_of(partner)}
    return lambda key: (key in keys) is (side is Side.HOST)


def _in_any_order(rows: Iterable[Any]) -> list[str]:
    return sorted(map(repr, rows))
