"""The index itself: files, words, ranking. Knows documents and reader tokens, and no feature of the portal.

Written and read by Whoosh-Reloaded; queries are answered from flat arrays made of each segment (`vector`), or, as the
measure for those, by the library's own matchers (`classic`). Never open an index that somebody else made: the library
keeps pickles in its files. Rebuild instead.
"""

from portal.search.engine.backend import Health, SearchBackend
from portal.search.engine.documents import Document
from portal.search.engine.errors import IndexBroken, IndexBusy
from portal.search.engine.highlight import highlight
from portal.search.engine.index import WhooshIndex
from portal.search.engine.query import FACETS, SORTS, Completion, Cursor, Page, Query

__all__ = [
    "FACETS",
    "SORTS",
    "Completion",
    "Cursor",
    "Document",
    "Health",
    "IndexBroken",
    "IndexBusy",
    "Page",
    "Query",
    "SearchBackend",
    "WhooshIndex",
    "highlight",
]
