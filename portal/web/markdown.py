"""Markdown as people write it, into markup that can do no harm: raw HTML stays text, and what is left passes an allow-list.

Two independent locks: the reader knows no HTML, images or odd addresses, and the cleaner would drop them all the same.
"""

from collections.abc import Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

HIGHEST, LOWEST = 3, 6  # headings of texts stand under the page's own h2
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow noopener ugc"
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """Addresses with a scheme of ours; what points into the portal or has no scheme stays text."""
        return url.partition(":")[0].lower() in SCHEMES


_reader = _Reader("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
_reader.enable(["table", "strikethrough"]).disable(["image", "html_block", "html_inline"])


@lru_cache(maxsize=512)
def markdown(text: str) -> Markup:
    """`text` as markup: paragraphs, lists, tables, code, links to http, https and mailto, headings from h3 on."""
    tokens = _reader.parse(text)
    _lower_headings(tokens)
    for token in tokens:
        if token.type == "th_open":
            token.attrs = {"scope": "col"}
        elif token.children:
            token.children = list(_without_empty_links(token.children))
    drawn = _reader.renderer.render(tokens, _reader.options, {})
    return Markup(nh3.clean(drawn, tags=TAGS, attributes=_ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL))  # noqa: S704 - cleaned


def _without_empty_links(children: list[Token]) -> Iterator[Token]:
    """The reader takes `[text]()` for a link to nowhere: its text stays, the link does not. Links hold no links."""
    inside = False
    for child in children:
        if child.type == "link_open" and not child.attrGet("href"):
            inside = True
        elif child.type == "link_close" and inside:
            inside = False
        else:
            yield child


def _lower_headings(tokens: list[Token]) -> None:
    """Put headings under the page's own without skipping a level, whatever levels the text begins and jumps with."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    depth = -1
    for token in tokens:
        if token.type == "heading_open":
            depth = min(levels.index(token.tag), depth + 1)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(HIGHEST + depth, LOWEST)}"
