"""The same questions asked of tantivy, a search engine in Rust, with the same fields, weights and masks."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from portal.search.engine import Document, Query
from portal.search.engine.likeness import TELLING

WEIGHTS = {"title": 5.0, "reference": 4.0, "summary": 2.5, "organisation": 2.0, "text": 1.0}
LABELS = ("kind", "organisation_id", "field", "state", "place", "remote")
FACETS = {"organisation": "organisation_id"}


class Rival:
    """An index of tantivy's in `folder`."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        folder.mkdir()
        self._index = tantivy.Index(_schema(), path=str(folder))
        writer = self._index.writer(heap_size=200_000_000, num_threads=1)
        for document in documents:
            writer.add_document(tantivy.Document(**_values(document)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: Query) -> tuple[int, list[int], dict[str, object]]:
        """Total, first ids, facet counts."""
        asked = tantivy.Query.all_query()
        if query.text:
            asked = self._index.parse_query(
                query.text, list(WEIGHTS), field_boosts=WEIGHTS, conjunction_by_default=" OR " not in query.text
            )
        readers = tantivy.Query.term_set_query(self._index.schema, "reader", list(query.readers))
        readers = tantivy.Query.const_score_query(readers, 0.0)
        masks = [readers, *(self._filter(name, values) for name, values in query.filters.items())]
        masked = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in (asked, *masks)])
        order = {"order_by_field": "published_at"} if query.sort == "newest" else {}
        found = self._searcher.search(masked, limit=20, count=True, **order)
        ids = [self._searcher.doc(address)["id"][0] for _, address in found.hits]
        counts = self._counts(masked, query.facets) if query.facets else {}
        return found.count, ids, counts

    def similar(self, number: int, query: Query) -> list[int]:
        """Ids of what is most like a document, told by so many of its words as ours is."""
        own = tantivy.Query.term_query(self._index.schema, "id", number)
        ((_, address),) = self._searcher.search(own, limit=1, count=False).hits
        alike = tantivy.Query.more_like_this_query(address, min_doc_frequency=2, min_term_frequency=1, max_query_terms=TELLING)
        readers = tantivy.Query.const_score_query(
            tantivy.Query.term_set_query(self._index.schema, "reader", list(query.readers)), 0.0
        )
        masked = tantivy.Query.boolean_query([(tantivy.Occur.Must, alike), (tantivy.Occur.Must, readers)])
        found = self._searcher.search(masked, limit=query.per_page, count=False)
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits]

    def _filter(self, name: str, values: tuple[str, ...]) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._index.schema, name, list(values)), 0.0)

    def _counts(self, masked: tantivy.Query, facets: tuple[str, ...]) -> dict[str, object]:
        asked = {name: {"terms": {"field": FACETS.get(name, name), "size": 100}} for name in facets}
        return self._searcher.aggregate(masked, asked)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True, indexed=True)
    for name in WEIGHTS:
        builder.add_text_field(name, tokenizer_name="en_stem", stored=True)  # read again for what is similar
    for name in LABELS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("published_at", fast=True)
    builder.add_text_field("reader", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _values(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        **{name: getattr(document, name) for name in WEIGHTS},
        "kind": document.kind,
        "organisation_id": str(document.organisation_id),
        "field": list(document.fields),
        "state": document.state,
        "place": document.place,
        "remote": "yes" if document.remote else "no",
        "published_at": document.published_at,
        "reader": list(document.readers),
    }
