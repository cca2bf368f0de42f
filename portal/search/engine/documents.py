"""What the index is told about one thing that can be found."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """One findable thing, flattened. The caller resolves names and decides who may read it.

    Args:
        type: the kind of row behind it ("listing"); with `id` it names the row, and ids are unique in one index.
        organisation: the name, searched as text; `organisation_id` is what filters and facets use.
        fields: disciplines, at most `MAX_FIELDS` are counted.
        text: everything else worth finding, as plain text.
        readers: tokens of those who may see it, such as "public", "registered", "org:7", "person:1". None means nobody.
        published_at: seconds since the epoch; the newest come first among equals.
        closes_at: seconds since the epoch, or None when it stays open.
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


Batch = Iterable[Document]

#: A longer list of disciplines says nothing more, and would widen the facet column of every other document.
MAX_FIELDS = 12
