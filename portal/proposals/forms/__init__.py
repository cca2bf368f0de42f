"""Forms of interests and proposals."""

from portal.proposals.forms.answers import STEP_FORMS, DecisionForm, InterestForm, ProposeForm
from portal.proposals.forms.budget import BudgetForm
from portal.proposals.forms.files import FileForm, FilesForm
from portal.proposals.forms.parts import PartForm
from portal.proposals.forms.plan import PlanForm
from portal.proposals.forms.questions import ASKED, answers_form
from portal.proposals.forms.rights import RightsForm
from portal.proposals.forms.team import SummaryForm, TeamForm
from portal.proposals.forms.together import CoAuthorForm, ConfirmForm, PartKeptForm, RightForm

PARTS: dict[str, type[PartForm]] = {
    "summary": SummaryForm,
    "team": TeamForm,
    "plan": PlanForm,
    "budget": BudgetForm,
    "rights": RightsForm,
    "files": FilesForm,
}

__all__ = [
    "ASKED",
    "PARTS",
    "STEP_FORMS",
    "CoAuthorForm",
    "ConfirmForm",
    "PartKeptForm",
    "DecisionForm",
    "FileForm",
    "FilesForm",
    "InterestForm",
    "PartForm",
    "ProposeForm",
    "RightForm",
    "answers_form",
]
