"""Passing somebody on to where they are better served: only to what they may read, and to people who agreed to be found."""

from portal.kernel.errors import Invalid
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.workflow import Step
from portal.organisations.models import Organisation
from portal.proposals.inputs import PassOn
from portal.proposals.models import PassedOn
from portal.proposals.queries import listing_for_both, person_found
from portal.proposals.states import Onward
from portal.proposals.workflow.eligibility import first_obstacle, interest_conditions

_NO_LISTING = N_("Enter the reference of another listing that is open, that both of you can read and that is not theirs.")
_NOBODY = N_("Enter the address of the page of somebody else who agreed to stand in the directory of people.")
_NO_MAILBOX = N_("Your organisation has no role mailbox yet; its administrators can enter one.")


def pass_on(step: Step) -> None:
    """Keep where the author was sent on to.

    Raises:
        Invalid: there is no such listing or person that the author may see, or no role mailbox.
    """
    given: PassOn = step.given
    way = PassedOn(kind=given.to)
    setattr(way, f"{step.thing.__tablename__}_id", step.thing.id)
    if given.to is Onward.LISTING:
        way.listing_id = _listing(step, given)
    elif given.to is Onward.PERSON:
        way.person_id = _person(step, given)
    elif not step.session.get_one(Organisation, step.thing.host_id).role_mailbox:
        raise Invalid("to", _NO_MAILBOX)
    step.session.add(way)


def _listing(step: Step, given: PassOn) -> int:
    author_id = step.thing.author_id
    listing = listing_for_both(step.session, given.name, step.actor, author_id)
    if listing is None or listing.id == step.thing.listing_id or first_obstacle(interest_conditions(Actor(author_id), listing)):
        raise Invalid("target", _NO_LISTING)
    return listing.id


def _person(step: Step, given: PassOn) -> int:
    profile = person_found(step.session, given.name)
    if profile is None or profile.id == step.thing.author_id:
        raise Invalid("target", _NOBODY)
    return profile.id
