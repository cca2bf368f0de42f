"""Straight from the box to the page of what a reference names."""

from flask import current_app, g

from portal.kernel.errors import Missing
from portal.kernel.ids import parse_reference, reference
from portal.kernel.subjects import load_subject, subject_named


def reference_page(text: str) -> str | None:
    """The page of what a reference names, if this person may read it; to everybody else it is text like any other."""
    parsed = parse_reference(text)
    name = current_app.extensions["references"].get(parsed[0]) if parsed else None
    if parsed is None or name is None:
        return None
    try:
        thing = load_subject(g.db, name, parsed[1], actor=g.actor)
    except Missing:
        return None
    return subject_named(name).href(thing) if thing.reference == reference(*parsed) else None
