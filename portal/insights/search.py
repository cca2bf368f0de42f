"""What the search knows of the help: every part of its pages, in words without markup."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
from sqlalchemy.orm import Session

from portal.insights.queries import commands, facts_told, rules_by_feature
from portal.kernel.events import Event
from portal.kernel.policy import Actor
from portal.kernel.settings import explained
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_
from portal.kernel.workflow import Workflow
from portal.search.engine.documents import Document
from portal.search.sources import Findable, Mark
from portal.web.words import gettext as _

EXCERPT = 240  # characters of a part that a result shows


@dataclass(frozen=True)
class Part:
    """One part of a help page; `page` is what the page is called."""

    page: str
    title: str
    text: str
    href: str


def findable_help(flows: Iterable[Workflow], group: click.Group) -> Findable:
    """The help on these workflows and commands, and on what else the portal is made of."""
    drawn = tuple(flows)

    def parts() -> list[Part]:
        return [*_steps(drawn), *_made_of(), *_operated(group)]

    def documents(_session: Session, ids: Sequence[int]) -> list[Document]:
        return [_document(number, part) for number, part in enumerate(parts(), 1) if number in set(ids)]

    def rows(_session: Session, _actor: Actor, ids: Sequence[int], mark: Mark) -> list[Mapping[str, Any]]:
        known = dict(enumerate(parts(), 1))
        return [_row(number, known[number], mark) for number in ids if number in known]

    def touched(_session: Session, _events: Sequence[Event]) -> set[int]:
        return set()

    return Findable(
        name="help",
        label=N_("Help"),
        documents=documents,
        all_ids=lambda _session: range(1, len(parts()) + 1),
        rows=rows,
        touched=touched,
        nothing=N_("No part of the help uses all of these words."),
        whole=(N_("Who may do what, step by step"), "/help"),
        shipped=True,
    )


def _steps(flows: Iterable[Workflow]) -> Iterator[Part]:
    """Each workflow, and who may see what."""
    page = _("Step by step")
    for flow in flows:
        steps = [f"{_(row.label)}: {_(row.who.words)}." for row in flow.table]
        title = _("Steps: %(thing)s", thing=_(all_subjects()[flow.name].label))
        yield Part(page, title, " ".join(steps), f"/help#{flow.name}")
    for subject in all_subjects().values():
        title = _("Who may see what: %(thing)s", thing=_(subject.label))
        yield Part(page, title, _(subject.read.words), "/help#visibility")


def _made_of() -> Iterator[Part]:
    """Rules by feature, and what is recorded."""
    for feature, rules in rules_by_feature():
        said = " ".join(f"{name}: {_(words)}." for name, words in rules)
        yield Part(_("Rules"), _("Rules of %(feature)s", feature=feature), said, f"/help/rules#{feature}")
    for fact in facts_told():
        yield Part(_("What is recorded"), _(fact.sentence), f"{fact.kind}: {_(fact.seen_by)}.", "/help/facts")


def _operated(group: click.Group) -> Iterator[Part]:
    """Settings and commands."""
    page = _("For operators")
    for setting in explained():
        yield Part(page, setting.name, f"{_(setting.meaning)} {setting.variable}", f"/help/operators#setting-{setting.name}")
    for command in commands(group):
        options = (f"{option} {_(meaning)}" for option, meaning in command.options)
        yield Part(page, command.usage, " ".join((_(command.does), *options)), "/help/operators#commands")


def _document(number: int, part: Part) -> Document:
    """What stands first on the pages comes first where words do not decide."""
    return Document(
        id=number,
        type="help",
        kind="",
        organisation_id=0,
        organisation="",
        fields=(),
        reference="",
        title=part.title,
        summary=part.page,
        text=part.text,
        readers=("public",),
        state="",
        published_at=1_000_000 - number,
        language="en",
    )


def _row(number: int, part: Part, mark: Mark) -> Mapping[str, Any]:
    return {
        "number": number,
        "kind": "help",
        "kind_label": part.page,
        "title": mark(part.title, 0, number),
        "href": part.href,
        "summary": mark(part.text, EXCERPT, number),
    }
