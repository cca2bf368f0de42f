"""What features do alike when they tell the search of their things: texts without marks, values with what they are called."""

import re
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from portal.kernel.states import Labelled
from portal.web.words import gettext as _

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`#>|~]+")

Called = Callable[[Session, Sequence[str]], Mapping[str, str]]


def unmarked(markdown: str) -> str:
    """A text in Markdown as plain words."""
    return _MARKS.sub(" ", _LINK.sub(r"\1", markdown))


def themselves(_session: Session, values: Sequence[str]) -> Mapping[str, str]:
    """Values of a facet that are called what they are."""
    return {value: value for value in values}


def labels_of(choices: type[Labelled]) -> Called:
    """Values of a facet that are called by the labels of `choices`."""
    return lambda _session, values: {str(one.value): _(one.label) for one in choices if one.value in values}
