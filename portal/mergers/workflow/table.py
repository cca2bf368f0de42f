"""A merger is asked for by one administrator of the portal, and done or declined by another."""

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.mergers.events import MergerDeclined, MergerDone
from portal.mergers.inputs import Compared
from portal.mergers.models import Merger
from portal.mergers.policies import DECIDE
from portal.mergers.queries import stand_on_both_sides
from portal.mergers.states import MergerState as M
from portal.mergers.workflow.moving import carry_out
from portal.organisations.states import OrganisationState


def is_unchanged(step: Step) -> str | None:
    """The second administrator agrees to what the first one saw."""
    merger = step.thing
    if (merger.gone.version, merger.kept.version) != (merger.gone_version, merger.kept_version):
        return N_("One of the two was changed after this was asked for. Decline it, look at both again, and ask anew.")
    return None


def stays_verified(step: Step) -> str | None:
    if step.thing.kept.state is not OrganisationState.VERIFIED:
        return N_("The organisation that stays has to be verified.")
    return None


def are_apart_nowhere(step: Step) -> str | None:
    """Whoever sits on one side must not come to read what the other side keeps to itself."""
    if stand_on_both_sides(step.session, step.thing.gone_id, step.thing.kept_id):
        return N_("One of the two answered a listing of the other: they are two parties there, and cannot become one.")
    return None


def decide(step: Step) -> None:
    step.thing.decided_by_id, step.thing.decided_at = step.actor.id, clock.now()


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


MERGER_FLOW = Workflow(
    of=Merger,
    start=M.ASKED,
    ends=(M.MERGED, M.DECLINED),
    table=(
        T(
            "merge",
            N_("Merge them for good"),
            (M.ASKED,),
            M.MERGED,
            DECIDE,
            MergerDone,
            guards=(stays_verified, is_unchanged, are_apart_nowhere),
            effects=(decide, carry_out),
            takes=Compared,
            risk=True,
        ),
        T(
            "decline",
            N_("Do not merge"),
            (M.ASKED,),
            M.DECLINED,
            ADMIN,
            MergerDeclined,
            effects=(decide, keep_reason),
            takes=Reason,
            risk=True,
        ),
    ),
)
