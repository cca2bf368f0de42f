"""The steps of an approval. Slots are shown by the pages of what is being approved."""

from flask import Blueprint

from portal.approvals.forms import ConsentForm
from portal.approvals.models import Approval
from portal.approvals.policies import READ
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.inputs import Reason
from portal.kernel.subjects import subject_named
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("approvals", __name__)

add_steps(
    bp,
    "/approvals/<int:id>",
    APPROVAL_FLOW,
    loads(Approval, READ),
    forms={Consent: ConsentForm, Reason: ReasonForm},
    href=lambda slot: subject_named("approval").href(slot),
)
