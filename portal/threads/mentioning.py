"""What of a message is said anew and to whom: quoted lines speak to nobody, and neither does code."""

import re
from collections.abc import Iterable, Mapping

from portal.kernel.text import clean

MOST = 20  # people one message can call
_QUOTED_MOST = 600
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def mentioned_in(text: str, names: Mapping[int, str]) -> list[int]:
    """The numbers of those of `names` that the text calls by “@Name”, in the order of the text.

    The longest name that fits is meant; where several people have the same name, all of them are.
    """
    by_name: dict[str, list[int]] = {}
    for number, name in names.items():
        by_name.setdefault(name.casefold(), []).append(number)
    longest_first = sorted(filter(None, by_name), key=len, reverse=True)
    found: dict[int, None] = {}
    for line in _own_lines(text):
        folded = _CODE.sub(" ", line).casefold()
        for start in (at.end() for at in re.finditer(r"(?<!\w)@", folded)):
            called = next((name for name in longest_first if _is_called(name, folded, start)), None)
            if called is not None:
                found |= dict.fromkeys(by_name[called])
    return list(found)[:MOST]


def quoted(author: str, text: str) -> str:
    """`text` as the beginning of an answer to it: what its author quoted in turn is left out, and it is cut where it is long."""
    said = "\n".join(line for line in text.splitlines() if not _is_quoted(line)).strip()
    if len(said) > _QUOTED_MOST:
        said = said[:_QUOTED_MOST].rstrip() + "…"
    return "\n".join(f"> {line}".rstrip() for line in (f"{author}:", *said.splitlines())) + "\n\n"


def is_only_quoted(text: str) -> bool:
    """Whether there is nothing in it but what somebody else said."""
    return not any(line.strip() and not _is_quoted(line) for line in clean(text).splitlines())


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _own_lines(text: str) -> Iterable[str]:
    """The lines that are no quotation and no block of code."""
    fence = None
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if mark and fence in (None, mark[1]):
            fence = None if fence else mark[1]
        elif fence is None and not _is_quoted(line):
            yield line


def _is_called(name: str, folded: str, start: int) -> bool:
    rest = folded[start + len(name) : start + len(name) + 1]
    return folded.startswith(name, start) and not (rest.isalnum() or rest == "_")
