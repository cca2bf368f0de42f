"""Where in a result stands what was asked for: the question read once, and the texts that are shown anyway."""

from collections.abc import Mapping, Sequence

from portal.search.engine import analysis
from portal.search.engine.parser import Atom, Parsed

Reason = tuple[tuple[Atom, ...], tuple[str, ...]]  # what was found, and in which of the texts; none: in what is not shown


def reasons(parsed: Parsed, texts: Mapping[str, str]) -> list[Reason]:
    """Why a document was found.

    Args:
        texts: some of its texts by name. A word that is in none of them must be in another, or it would not have been found.
    """
    words = {name: analysis.stems(text) for name, text in texts.items()}
    found: list[Reason] = []
    for alternatives in parsed.groups:
        places = [(atom, tuple(name for name, stems in words.items() if _holds(stems, atom))) for atom in alternatives]
        held: list[Reason] = [((atom,), names) for atom, names in places if names]
        found += held or [(alternatives, ())]
    return found


def _holds(stems: Sequence[str], atom: Atom) -> bool:
    if atom.prefix:
        return any(stem.startswith(atom.prefix) or stem in atom.stems for stem in stems)
    size = len(atom.stems)
    return any(tuple(stems[place : place + size]) == atom.stems for place in range(len(stems) - size + 1))
