"""Where in a result stands what was asked for: the question read once, and the texts that are shown anyway."""

from collections.abc import Mapping, Sequence

from portal.search.engine import analysis
from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.tongues import ENGLISH, MARKS

Reason = tuple[tuple[Atom, ...], tuple[str, ...]]  # what was found, and in which of the texts; none: in what is not shown


def reasons(parsed: Parsed, texts: Mapping[str, str], tongue: str = ENGLISH) -> list[Reason]:
    """Why a document was found.

    Args:
        texts: some of its texts by name. A word that is in none of them must be in another, or it would not have been found.
        tongue: in which it was found, see `Page.tongues`.
    """
    words = {name: analysis.stems(text, tongue) for name, text in texts.items()}
    found: list[Reason] = []
    for alternatives in parsed.groups:
        places = [(atom, tuple(name for name, stems in words.items() if _holds(stems, atom, tongue))) for atom in alternatives]
        held: list[Reason] = [((atom,), names) for atom, names in places if names]
        found += held or [(alternatives, ())]
    return found


def _holds(stems: Sequence[str], atom: Atom, tongue: str) -> bool:
    wanted = atom.way(tongue)
    if atom.prefix:
        beginning = MARKS[tongue] + atom.prefix
        return any(stem.startswith(beginning) or stem in wanted for stem in stems)
    size = len(wanted)
    return any(tuple(stems[place : place + size]) == wanted for place in range(len(stems) - size + 1))
