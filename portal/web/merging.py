"""Two people changed one form: what was saved beside what was typed, field by field, and one text out of both.

Nobody is overwritten unasked, and nothing typed is lost: the page of the choice carries all of it along.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms import BooleanField, Field, FormField, HiddenField, SelectField

from portal.kernel.differences import Part, difference
from portal.web.forms import Form
from portal.web.rows import Rows

_OWN = ("csrf_token", "version")
THEIRS, MINE, BOTH = "theirs", "mine", "both"


@dataclass(frozen=True)
class Clash:
    """One answer, or one row of a list, that was saved as something else than what was typed.

    `theirs` and `mine` are None where a row is not there; `parts` leads from theirs to mine; only a text has `both`, a
    text that holds all of either, and can be written anew. `chosen` and `text` are what was chosen before.
    """

    name: str
    label: str
    theirs: str | None
    mine: str | None
    parts: list[Part] = field(default_factory=list)
    both: str | None = None
    chosen: str = ""


def digest_of(form: Form) -> str:
    """Tells what a form holds from everything else it could hold, so that a form can name what it was drawn from."""
    return hashlib.sha256(json.dumps(typed_in(form)).encode()).hexdigest()[:16]


def typed_in(form: Form) -> list[tuple[str, str]]:
    """What the form holds as a browser would send it, without its token and version."""
    return [pair for each in form if each.name not in _OWN for pair in _sent(each)]


def clashes_between(mine: Form, theirs: Form, choices: Mapping[str, str] | None = None) -> list[Clash]:
    """Where two copies of one form differ; `choices` are those that were made before, by the names of the page's controls."""
    found: list[Clash] = []
    for each in mine:
        if isinstance(each, Rows):
            found += _clashes_of_rows(each, theirs[each.name])
        elif each.name not in _OWN and _text(each) != _text(theirs[each.name]):
            found.append(_clash(each, theirs[each.name]))
    return [_as_chosen(clash, choices or {}) for clash in found]


def merge(mine: Form, theirs: Form, choices: Mapping[str, str]) -> bool:
    """Put what was chosen into `mine`; False, with nothing changed, where something is still to be chosen."""
    clashes = {clash.name: clash for clash in clashes_between(mine, theirs, choices)}
    if any(not clash.chosen for clash in clashes.values()):
        return False
    for each in mine:
        if isinstance(each, Rows):
            _merge_rows(each, theirs[each.name], clashes)
        elif (clash := clashes.get(each.name)) is not None:
            _take(each, theirs[each.name], clash)
    return True


def _take(mine: Field, theirs: Field, clash: Clash) -> None:
    if clash.chosen == THEIRS:
        mine.data = theirs.data
    elif clash.chosen == BOTH:
        mine.data = clash.both


def _merge_rows(mine: Rows, theirs: Rows, clashes: Mapping[str, Clash]) -> None:
    kept = []
    for name, own, other in _paired(mine, theirs):
        clash = clashes.get(name)
        chosen = other if clash is not None and clash.chosen == THEIRS else own
        if chosen is not None:
            kept.append({inner.short_name: inner.data for inner in chosen.form})
    while mine.entries:
        mine.pop_entry()
    for row in kept:
        mine.append_entry(row)


def _clashes_of_rows(mine: Rows, theirs: Rows) -> list[Clash]:
    found = []
    for name, own, other in _paired(mine, theirs):
        before, after = (_row_text(row) if row is not None else None for row in (other, own))
        if before != after:
            title = _title(own if own is not None else other)
            label = f"{mine.label.text}: {title}" if title else mine.label.text
            found.append(Clash(name, label, before, after, difference(before or "", after or "")))
    return found


def _paired(mine: Rows, theirs: Rows) -> Iterator[tuple[str, Any, Any]]:
    """Name, row of mine, row of theirs: those with the same code or title belong together, then those in the same place."""
    left = [row for row in theirs if _row_text(row)]
    own_rows = [row for row in mine if _row_text(row)]
    partners: dict[int, Any] = {}
    for place, row in enumerate(own_rows):
        same = next((other for other in left if _is_same(other, row)), None)
        if same is not None:
            left.remove(same)
            partners[place] = same
    alone = [place for place in range(len(own_rows)) if place not in partners]
    if len(own_rows) == len(partners) + len(left):  # as many as before: they were renamed in their place
        partners |= dict(zip(alone, left, strict=True))
        left = []
    for place, row in enumerate(own_rows):
        yield f"{mine.name}-{place}", row, partners.get(place)
    for place, row in enumerate(left):
        yield f"{mine.name}-saved-{place}", None, row


def _both(parts: Sequence[Part]) -> str:
    """Everything of either text; a word in place of another stands beside it."""
    text, last = "", ""
    for op, piece in parts:
        beside = (last, op) == ("del", "ins") and text[-1:].isalnum() and piece[:1].isalnum()
        text, last = f"{text} {piece}" if beside else text + piece, op
    return text


def _clash(mine: Field, theirs: Field) -> Clash:
    before, after = _text(theirs), _text(mine)
    parts = difference(before, after)
    both = None if isinstance(mine, (SelectField, BooleanField)) else _both(parts)
    return Clash(mine.name, mine.label.text, before, after, parts, both)


def _as_chosen(clash: Clash, choices: Mapping[str, str]) -> Clash:
    allowed = (THEIRS, MINE) if clash.both is None else (THEIRS, MINE, BOTH)
    chosen = choices.get(f"take-{clash.name}", "")
    both = choices.get(f"both-{clash.name}", clash.both) if clash.both is not None else None
    return Clash(clash.name, clash.label, clash.theirs, clash.mine, clash.parts, both, chosen=chosen if chosen in allowed else "")


def _is_same(one: "FormField[Any]", other: "FormField[Any]") -> bool:
    """Rows are known by their codes, those that have none yet by their titles."""
    codes = [_code(row) for row in (one, other)]
    return codes[0] == codes[1] if all(codes) else _title(one) == _title(other)


def _code(row: "FormField[Any]") -> str:
    codes = (_text(each) for each in row.form if each.short_name in ("code", "key"))
    return next((code for code in codes if code), "")


def _title(row: "FormField[Any]") -> str:
    inner = {each.short_name: each for each in row.form}
    named = next((inner[name] for name in ("title", "name", "label") if name in inner), next(iter(row.form)))
    return _text(named)


def _row_text(row: "FormField[Any]") -> str:
    """The row as one text; empty where nothing was typed into it, whatever its menus say."""
    told = [(each, _text(each)) for each in row.form if not isinstance(each, HiddenField)]
    if not any(text for each, text in told if not isinstance(each, (SelectField, BooleanField))):
        return ""
    return "\n".join(f"{each.label.text}: {text}" for each, text in told if text)


def _text(each: Field) -> str:
    if isinstance(each, SelectField):
        value = str(getattr(each.data, "value", each.data) or "")
        choices = each.iter_choices() if each.choices else ()
        return next((str(choice[1]) for choice in choices if str(choice[0]) == value), value)
    if isinstance(each, BooleanField):
        return "✓" if each.data else ""
    if isinstance(each.data, (list, tuple)):
        return "\n".join(str(one) for one in each.data)
    return _typed(each)


def _sent(each: Field) -> Iterator[tuple[str, str]]:
    if isinstance(each, Rows):
        for entry in each:
            for inner in entry.form:
                yield from _sent(inner)
    elif isinstance(each, BooleanField):
        if each.data:
            yield each.name, "y"
    elif isinstance(each.data, (list, tuple)):
        yield from ((each.name, str(one)) for one in each.data)
    elif isinstance(each, SelectField):
        yield each.name, str(getattr(each.data, "value", each.data) or "")
    else:
        yield each.name, _typed(each)


def _typed(each: Any) -> str:
    return str(each._value() or "").replace("\r\n", "\n").strip()
