"""A board with thousands of rows, written without the steps that lead there: for what depends on how many there are."""

import datetime as dt
import itertools

from sqlalchemy import insert, select

from portal.accounts.models import User
from portal.kernel import clock
from portal.listings.models import Listing
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from tests.build import a_proposal


def many_proposals(session, number):
    """One proposal through the portal's steps, and so many copies of it by other people to other listings, of other ages."""
    proposal = a_proposal(session, state=ProposalState.IN_REVIEW)
    session.flush()
    side = range(int(number**0.5) + 1)
    listings, people = (
        _copies(session, model, key, side) for model, key in ((Listing, proposal.listing_id), (User, proposal.author_id))
    )
    pairs = list(itertools.islice(itertools.product(listings, people), number))
    row = _row(session, Proposal, proposal.id)
    rows = [
        row | {"listing_id": listing, "author_id": author, "moved_at": clock.now() - dt.timedelta(days=n % 90)}
        for n, (listing, author) in enumerate(pairs)
    ]
    session.execute(insert(Proposal.__table__), rows)
    return proposal


def _copies(session, model, number, side):
    row, table = _row(session, model, number), model.__table__
    unique = {"fs_uniquifier", "email", "form_key", "orcid"} & set(row)
    for n in side:
        session.execute(insert(table), [row | {name: f"{n}-{row[name]}" if row[name] else None for name in unique}])
    return session.scalars(select(table.c.id).where(table.c.id != number).order_by(table.c.id.desc()).limit(len(side))).all()


def _row(session, model, number):
    table = model.__table__
    row = dict(session.execute(select(table).where(table.c.id == number)).mappings().one())
    del row["id"]
    return row
