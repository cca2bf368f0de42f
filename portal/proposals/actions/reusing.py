"""Beginning with the text of an earlier proposal: what holds for another listing is carried over, the rest is left out."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.kernel.errors import Invalid
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.organisations.models import Organisation
from portal.proposals.inputs import Content
from portal.proposals.inputs.houses import House
from portal.proposals.models import Proposal
from portal.proposals.policies import AUTHOR
from portal.proposals.queries import compute_offer


def text_reused(session: Session, number: int, *, host: Organisation, currency: str, actor: Actor) -> Content:
    """The text of one of the actor's own proposals, whatever became of it, for a listing of `host` in `currency`.

    Raises:
        Invalid: it is not theirs.
    """
    earlier = session.get(Proposal, number)
    if earlier is None or not AUTHOR.holds(actor, earlier):
        raise Invalid("reuse", N_("Choose one of your own proposals."))
    content = _in_currency(earlier.written, currency)
    if earlier.host_id != host.id:
        old, new = House(earlier.host_id, session.get_one(Organisation, earlier.host_id).name), House(host.id, host.name).row
        named = [replace(each, name=new.name, organisation=host.id) if old.is_of(each) else each for each in content.partners]
        content = replace(content, partners=named)
    if content.compute_listing is not None and compute_offer(session, actor, content.compute_listing) is None:
        content = replace(content, compute_listing=None)
    return content


def _in_currency(content: Content, currency: str) -> Content:
    """Amounts say nothing in another currency."""
    if content.currency == currency:
        return content
    partners = [replace(each, said_minor=None) for each in content.partners]
    empty = replace(content, said_minor=None, full_cost_minor=None, price_minor=None)
    return replace(empty, currency=currency, lines=(), partners=partners)
