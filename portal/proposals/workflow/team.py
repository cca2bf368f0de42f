"""How somebody who was invited comes to write a proposal with its author, and stops."""

from portal.kernel import clock
from portal.kernel.policy import SYSTEM, Role
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.proposals.events import (
    CoAuthorDeclined,
    CoAuthorEnded,
    CoAuthorExpired,
    CoAuthorJoined,
    CoAuthorWithdrawn,
)
from portal.proposals.models import CoAuthor
from portal.proposals.policies import INVITED, INVITING, on_the_other_side
from portal.proposals.queries import listing_is_readable, proposal_numbered
from portal.proposals.states import STANDING, Right
from portal.proposals.states import CoAuthorState as S


def is_in_time(step: Step) -> str | None:
    return None if clock.now() < step.thing.expires_at else N_("This invitation has expired. Ask for another one.")


def is_fit_to_write(step: Step) -> str | None:
    """Nobody helps to write what they, or their own house, decide on; and nobody learns of a listing by being invited."""
    proposal = proposal_numbered(step.session, step.thing.proposal_id)
    if proposal.state not in STANDING:
        return N_("This proposal came to an end. There is nothing to write any more.")
    if on_the_other_side(step.actor, proposal):
        return N_("This answers a listing of your own organisation, so you cannot take part in writing it.")
    if not listing_is_readable(step.session, step.actor, proposal.listing_id):
        return N_("You cannot read the listing that this answers. Ask its owner to name you as a reader first.")
    return None


def is_no_approver(step: Step) -> str | None:
    if step.thing.right is Right.EDIT and step.thing.organisation_id in step.actor.organisations_as(Role.OFFICER):
        return N_("As partnership officer of the author's organisation you approve this later, so you cannot write it.")
    return None


def join(step: Step) -> None:
    co_author = step.thing
    co_author.joined_at = clock.now()
    co_author.from_id = step.actor.seats[0].organisation_id if step.actor.seats else None
    forget_shares(step)


def forget_shares(step: Step) -> None:
    """What the row of the proposal says of rights is read anew."""
    step.session.flush()
    step.session.expire(proposal_numbered(step.session, step.thing.proposal_id), ["shares"])


CO_AUTHOR_FLOW = Workflow(
    of=CoAuthor,
    start=S.INVITED,
    ends=(S.DECLINED, S.WITHDRAWN, S.EXPIRED, S.ENDED),
    table=(
        T(
            "accept",
            N_("Accept"),
            (S.INVITED,),
            S.ACTIVE,
            INVITED,
            CoAuthorJoined,
            guards=(is_in_time, is_fit_to_write, is_no_approver),
            effects=(join,),
        ),
        T("decline", N_("Decline"), (S.INVITED,), S.DECLINED, INVITED, CoAuthorDeclined, risk=True),
        T("withdraw", N_("Withdraw the invitation"), (S.INVITED,), S.WITHDRAWN, INVITING, CoAuthorWithdrawn, risk=True),
        T("expire", N_("Expire"), (S.INVITED,), S.EXPIRED, SYSTEM, CoAuthorExpired),
        T("leave", N_("Leave"), (S.ACTIVE,), S.ENDED, INVITED, CoAuthorEnded, effects=(forget_shares,), risk=True),
        T(
            "end",
            N_("End their part"),
            (S.ACTIVE,),
            S.ENDED,
            INVITING | SYSTEM,
            CoAuthorEnded,
            effects=(forget_shares,),
            risk=True,
        ),
    ),
)
