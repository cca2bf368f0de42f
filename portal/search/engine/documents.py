"""What the index is told about one thing that can be found."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """One findable thing, flattened. The caller resolves names and decides who may read it.

    Args:
        type: the kind of row behind it ("listing"); with `id` it names the row, and ids are unique in one index.
        organisation: the name, searched as text; `organisation_id` is what filters and facets use.
        fields: disciplines and what they belong to, at most `MAX_FIELDS` are counted.
        skills: at most `MAX_SKILLS` are counted.
        topics: what it is about in words of a vocabulary: skills, fields and what they belong to.
        text: everything else worth finding, as plain text.
        readers: tokens of those who may see it, such as "public", "registered", "org:7", "person:1". None means nobody.
        published_at: seconds since the epoch; the newest come first among equals.
        closes_at: seconds since the epoch, or None when it stays open.
        trl: technology readiness level, 1 to 9.
        amount: what is offered, in whole units of `currency`; 0 is nothing, or nothing that is told.
        language: tag of the language the text is written in; where it is empty or English, the text itself is looked at.
    """

    id: int
    type: str
    kind: str
    organisation_id: int
    organisation: str
    fields: tuple[str, ...]
    reference: str
    title: str
    summary: str
    text: str
    readers: tuple[str, ...]
    state: str
    published_at: int
    closes_at: int | None = None
    paid: bool = False
    remote: bool = False
    place: str = ""
    skills: tuple[str, ...] = ()
    topics: str = ""
    trl: int | None = None
    levels: tuple[str, ...] = ()
    mode: str = ""
    amount: int = 0
    currency: str = ""
    language: str = ""


Batch = Iterable[Document]

#: A longer list of disciplines says nothing more, and would widen the facet column of every other document.
MAX_FIELDS = 24
MAX_SKILLS = 12
