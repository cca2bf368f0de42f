"""What tests of pages read from them and send to them."""

import re

from sqlalchemy import select

from portal.listings.models import Listing
from portal.listings.queries import listing_in_full

HOSTILE = {
    "control characters": "\x00\x07a\x1b[31m\u202eb\u2028c",
    "20 kB": "x" * 20_000,
    "markup": '"><script>alert(1)</script>{{ 7 * 7 }}%(x)s',
    "number": "-1",
    "huge number": "9" * 400,
    "not a number": "NaN",
    "wrong choice": "no-such-choice",
    "path": "../../etc/passwd",
    "right to left": "\u200fשלום\u202e",
}


def form_of(text):
    """A full text as the browser would send it; rows as `phases-0-name`."""
    sent = {}
    for name, value in text.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            sent |= {f"{name}-{place}-{part}": each for place, row in enumerate(value) for part, each in row.items()}
        else:
            sent[name] = "y" if value is True else value
    return sent


def value_in(page, name):
    """What the page's hidden field of that name holds."""
    return re.search(rf'name="{name}"[^>]* value="([^"]+)"', page.text)[1]


def listings(db):
    """All of them as they stand now; the writer's place is given back at once."""
    db.rollback()
    found = [listing_in_full(db, number) for number in db.scalars(select(Listing.id).order_by(Listing.id)).all()]
    db.expunge_all()
    db.rollback()
    return found
