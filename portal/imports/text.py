"""Foreign text made ours: titles into one line, HTML and other sites' Markdown into the Markdown shown here.

Nothing here decides whether a text is safe to show – the page's renderer does that for every text, whoever wrote it.
This module makes it readable, and leaves no link that the renderer would have to throw away.
"""

import html
import re
from typing import Any, Literal
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

from portal.kernel.text import clean, one_line

Form = Literal["html", "markdown", "text"]

_TAG_NAMES = (
    "abbr|article|big|blockquote|body|br|button|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|embed|figcaption|"
    "figure|font|footer|form|h[1-6]|head|header|hr|html|iframe|img|input|ins|kbd|li|link|main|mark|meta|nav|noscript|object|"
    "ol|pre|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|"
    "thead|title|tr|tt|ul|video|wbr"
)
# `a<b and b>c` is arithmetic: names of one letter count as tags only alone or with a value.
_TAG_START = rf"/?(?:[abipqsu](?=\s*/?>|\s[^<>]*=)|(?:{_TAG_NAMES})(?=[\s/>]))"
_DROPPED = "script style template noscript iframe object embed svg head form title video".split()  # noqa: SIM905 - short
_TAG = re.compile(rf"<{_TAG_START}[^<>]*>", re.IGNORECASE)
_NO_TAG = re.compile(rf"<(?!{_TAG_START}[^<>]*>|!--)", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&lt;(/?(?:[abipqsu]|{_TAG_NAMES})(?:\s(?:(?!&[lg]t;)[^<>])*)?/?)&gt;", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&amp;(?=(?:amp;)*#?[0-9A-Za-z]{1,31};)")
_DROPPED_WHOLE = re.compile(rf"<({'|'.join(_DROPPED)})(?=[\s>])[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MENTION = re.compile(r"\{\{[%<]\s*mention\s+\"?([^\s\"%}>]{1,80})\"?\s*[%>]\}\}")
_SHORTCODE = re.compile(r"\{\{[^{}]{0,300}\}\}|\{#[\w-]{1,200}\}")
_CODE = re.compile(r"(^(?:```|~~~).*?^(?:```|~~~)[ \t]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?[^()\n]*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+).*$", re.MULTILINE)
_EMOJI_NAME = re.compile(r"(?<!\S):[a-z0-9_+-]{2,40}:(?!\S)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BULLET = re.compile(r"^[ \t]*[•◦▪·●][ \t]*", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d{1,9}\.)[ \t]+", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t].*$", re.MULTILINE)
_BREAK = re.compile(r"<br(?=[\s/>])[^<>]*>|</(?:p|div|li|tr|h[1-6])>", re.IGNORECASE)
_BREAKS = re.compile(r"<br ?/?>", re.IGNORECASE)
_MORE_THAN_BREAKS = re.compile(
    r"<(?!br ?/?>)|&(?!(?:amp|lt|gt|quot|nbsp|[rl][sd]quo|[mn]dash|#\d{3,4}|#3[49]);)|\r|\x00", re.IGNORECASE
)
_BLANK_LINES = re.compile(r"[\t ]*\n[\t \n]*")
_BLANKS = re.compile(r"[\t ]+")
_GAPS = re.compile(r"\n{3,}")
_MARKS = "\u200e\u200f \t\n"  # direction marks help inside a line, not at its ends


def to_line(text: str, written_in: Form = "html") -> str:
    """`text` as a title or name: one line without markup, entities, shortcodes or marks at its ends."""
    text = _without_shortcodes(_unescaped(text))
    if written_in == "markdown":
        text = _LINK.sub(r"\1", text)
        text = _EMOJI_NAME.sub("", re.sub(r"(?<!\\)(\*{1,3}|`)(?=\S)(.*?\S)(?<!\\)\1", r"\2", text))
        text = _ESCAPE.sub(r"\1", text)
    return one_line(_without_tags(text)).strip(_MARKS)


def to_markdown(text: str, written_in: Form = "text") -> str:
    """`text` as Markdown: no scripts or styles, no shortcodes of other sites, links to http, https and mailto only.

    Text that claims to be plain but holds HTML tags – also escaped ones – is read as HTML.
    """
    if written_in == "markdown":
        return _tidy(_from_markdown(text))
    text = _tags_unescaped(text)
    if written_in == "html" or _TAG.search(text):
        return _tidy(_from_html(_without_shortcodes(text)))
    return _tidy(_from_text(_without_shortcodes(text)))


def start_of(markdown: str, most: int = 300) -> str:
    """The beginning of a text as a summary: one line without markup, cut after a sentence or a word."""
    markdown = _HEADING.sub("", markdown) if len(markdown) > most else markdown
    line = _plain(markdown[: 4 * most])
    if len(line) < 2 * most < len(markdown):  # mostly markup, whose end may have been cut off
        line = _plain(markdown)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    end = max(cut.rfind(mark) for mark in (". ", "? ", "! "))
    if end > most // 3:
        return cut[: end + 1]
    return cut.rpartition(" ")[0].rstrip(" ,;:–-") + "…" if " " in cut else cut + "…"


def shortened(markdown: str, most: int, ending: str = "…") -> str:
    """`markdown` with at most `most` characters, cut between paragraphs, lines or words, and `ending` where it was cut."""
    if len(markdown) <= most:
        return markdown
    room = most - len(ending) - 2
    cut = markdown[:room]
    for gap in ("\n\n", "\n", " "):
        if cut.rfind(gap) > room // 2:
            cut = cut[: cut.rfind(gap)]
            break
    return f"{cut.rstrip()}\n\n{ending}" if "\n" in markdown else f"{cut.rstrip()}{ending}"


def safe_link(address: Any) -> str:
    """`address` where it leads to the web or to a mailbox, else an empty text."""
    if not isinstance(address, str):
        return ""
    address = one_line(html.unescape(address)).lstrip("(<").rstrip(">")
    if address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    fits = parts.hostname if parts.scheme in ("http", "https") else "@" in parts.path and parts.scheme == "mailto"
    return address if fits and len(address) <= 2000 and not re.search(r"[\s<>\"\\^`{|}]", address) else ""


def _plain(markdown: str) -> str:
    return one_line(_without_tags(_ESCAPE.sub(r"\1", _bare(_BLOCK_MARK.sub("", markdown)))))


def _bare(markdown: str) -> str:
    return re.sub(r"(?<!\\)[*`]+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)", "", _LINK.sub(r"\1", markdown))


def _unescaped(text: str) -> str:
    for _ in range(4):
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _tags_unescaped(text: str) -> str:
    return _ESCAPED_TAG.sub(r"<\1>", _ESCAPED_TWICE.sub("&", text))


def _without_tags(text: str) -> str:
    return _TAG.sub("", _BREAK.sub(" ", _without_hidden(text)))


def _without_hidden(text: str) -> str:
    return _COMMENT.sub("", _DROPPED_WHOLE.sub("", text))


def _without_shortcodes(text: str) -> str:
    return _SHORTCODE.sub("", _MENTION.sub(r"\1", text))


def _tidy(markdown: str) -> str:
    lines = clean(markdown).replace("\u00a0", " ").split("\n")
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _from_text(text: str) -> str:
    lines = [line.strip() for line in clean(_unescaped(text)).split("\n")]
    return _BULLET.sub("- ", _literal("\n".join(lines)))


def _from_html(text: str) -> str:
    text = _NO_TAG.sub("&lt;", text)
    return _from_parsed(text) if _MORE_THAN_BREAKS.search(text) else _from_breaks(text)


def _from_breaks(text: str) -> str:
    """What most of it is: text with line breaks and no other tags. The same as below, without taking it apart."""
    pieces = _BREAKS.split(text)
    for place, piece in enumerate(pieces):
        piece = _literal(_BLANKS.sub(" ", _BLANK_LINES.sub("\n", html.unescape(piece))))
        pieces[place] = piece.removeprefix("\n") if place else piece
    pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
    return "\n".join(pieces)


def _from_parsed(text: str) -> str:
    # Wrapped, so that the parser never takes a short text for a file name.
    soup = BeautifulSoup(f"<div>{text}</div>", "html.parser")
    for hidden in soup.find_all(_DROPPED):
        hidden.decompose()
    for heading in soup.find_all(("h1", "h2")):
        heading.name = "h3"  # a page has its own two levels above
    try:
        return _Converter().convert_soup(soup)
    except RecursionError:  # a thousand tags inside one another: nobody meant that
        return _literal(_without_tags(text))


def _from_markdown(text: str) -> str:
    """Code stays as it is; between it HTML goes, and links that lead nowhere become their text."""
    pieces = _CODE.split(_without_shortcodes(text.replace("\r\n", "\n")))
    return "".join(piece if place % 2 else _prose(piece) for place, piece in enumerate(pieces))


def _prose(markdown: str) -> str:
    markdown = _BREAK.sub("\n", _without_hidden(_ESCAPED_TWICE.sub("&", markdown)))
    markdown = _LINK.sub(_kept_link, _TAG.sub("", markdown))
    return _DEFINITION.sub(lambda found: found[0] if safe_link(found[1]) else "", markdown)


def _kept_link(found: re.Match[str]) -> str:
    address = safe_link(found[2])
    return f"[{found[1]}]({address})" if address and not found[0].startswith("!") else found[1]


def _literal(text: str) -> str:
    """`text` with a backslash wherever Markdown would see something else than the characters themselves."""
    there = set(text)
    for marks, pattern, replacement in _LITERAL:
        if not marks.isdisjoint(there):
            text = pattern.sub(replacement, text)
    return text


# Of each pattern the characters without which it finds nothing: most texts have none, and looking is quicker than searching.
_LITERAL = tuple(
    (frozenset(marks), re.compile(pattern, re.MULTILINE), replacement)
    for marks, pattern, replacement in (
        ("\\", r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\"),
        ("*`", r"([*`])", r"\\\1"),
        ("_", r"(?<![^\W_])_|_(?![^\W_])", r"\\_"),
        ("[", r"\[(?=[^\]]{0,500}\])|!(?=\[)", r"\\\g<0>"),
        ("&", r"&(?=#?\w+;)", r"\\&"),
        ("<", r"<(?=[A-Za-z/!?])", r"\\<"),
        ("#>+~=-", r"^([ \t]*)([#>+~=-])", r"\1\\\2"),
        ("|:", r"^([ \t]*[|:])(?=[ \t]*:?-)", r"\\\g<0>"),
        (".)", r"^([ \t]*\d{1,9})([.)])(?=[ \t]|$)", r"\1\\\2"),
    )
)


class _Converter(MarkdownConverter):
    """Literal text, no images, links checked."""

    class Options:
        """What markdownify reads; the names are its own."""

        bullets = "-"
        heading_style = ATX
        table_infer_header = True

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Text between tags, literally."""
        return _literal(text) if text else ""

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link that leads somewhere, else its text."""
        address = safe_link(el.get("href"))
        label = text.strip()
        return text.replace(label, f"[{label}]({_in_brackets(address)})") if address and label else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """The words that stand for the picture: a picture elsewhere would tell its host who reads here."""
        return _literal(one_line(str(el.get("alt") or "")))


def _in_brackets(address: str) -> str:
    return f"<{address}>" if "(" in address or ")" in address else address
