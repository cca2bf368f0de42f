"""How an organisation is accepted."""

from sqlalchemy import delete

from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.organisations.events import OrganisationAdded, OrganisationMerged, OrganisationRefused, OrganisationVerified
from portal.organisations.models import Organisation, OrganisationDomain
from portal.organisations.policies import ORGANISATION_ADMIN
from portal.organisations.states import OrganisationState as O


def stamp_verified(step: Step) -> None:
    step.thing.verified_at = clock.now()
    step.thing.note = ""


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def release_domains(step: Step) -> None:
    """Whom domains and register id really belong to must be able to bring them."""
    step.thing.ror = None
    step.session.execute(delete(OrganisationDomain).where(OrganisationDomain.organisation_id == step.thing.id))


ORGANISATION_FLOW = Workflow(
    of=Organisation,
    start=O.UNVERIFIED,
    ends=(O.REJECTED, O.MERGED),
    table=(
        T("verify", N_("Verify"), (O.UNVERIFIED,), O.VERIFIED, ADMIN, OrganisationVerified, effects=(stamp_verified,)),
        T(
            "reject",
            N_("Do not accept"),
            (O.UNVERIFIED,),
            O.REJECTED,
            ADMIN,
            OrganisationRefused,
            effects=(keep_reason, release_domains),
            takes=Reason,
            risk=True,
        ),
        T("ask_again", N_("Ask again"), (O.REJECTED,), O.UNVERIFIED, ORGANISATION_ADMIN, OrganisationAdded),
        T(
            "suspend",
            N_("Suspend"),
            (O.VERIFIED,),
            O.SUSPENDED,
            ADMIN,
            OrganisationRefused,
            effects=(keep_reason,),
            takes=Reason,
            risk=True,
        ),
        T("merge", N_("Merge into another"), (O.UNVERIFIED, O.VERIFIED), O.MERGED, SYSTEM, OrganisationMerged),
        T("restore", N_("Restore"), (O.SUSPENDED,), O.VERIFIED, ADMIN, OrganisationVerified, effects=(stamp_verified,)),
    ),
)
