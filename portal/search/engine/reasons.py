"""Where in a result stands what was asked for: the question read once, and the texts that are shown anyway."""

from collections.abc import Collection, Mapping

from portal.search.engine import analysis
from portal.search.engine.highlight import stems_found
from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.tongues import ENGLISH, MARKS

Reason = tuple[tuple[Atom, ...], tuple[str, ...]]  # what was found, and in which of the texts; none: in what is not shown


def reasons(parsed: Parsed, texts: Mapping[str, str], tongue: str = ENGLISH) -> list[Reason]:
    """Why a document was found.

    Args:
        texts: some of its texts by name. A word that is in none of them must be in another, or it would not have been found.
        tongue: in which it was found, see `Page.tongues`.
    """
    terms = parsed.terms
    stems = {name: stems_found(text, terms, tongue) for name, text in texts.items()}
    found: list[Reason] = []
    for alternatives in parsed.groups:
        places = [
            (atom, tuple(name for name in texts if _holds(texts[name], stems[name], atom, tongue))) for atom in alternatives
        ]
        held: list[Reason] = [((atom,), names) for atom, names in places if names]
        found += held or [(alternatives, ())]
    return found


def _holds(text: str, stems: Collection[str], atom: Atom, tongue: str) -> bool:
    """`stems`: of those asked for, which stand in the text."""
    wanted = atom.way(tongue)
    if atom.prefix:
        beginning = MARKS[tongue] + atom.prefix
        return any(stem.startswith(beginning) or stem in wanted for stem in stems)
    if not all(stem in stems for stem in wanted):
        return False
    size = len(wanted)
    words = analysis.stems(text, tongue) if size > 1 else []
    return size == 1 or any(tuple(words[place : place + size]) == wanted for place in range(len(words) - size + 1))
