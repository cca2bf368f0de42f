"""Forms about collaborations."""

from portal.collaborations.forms.changes import AssessmentForm, ChangeForm
from portal.collaborations.forms.lists import HealthForm, ItemForm, SettledForm
from portal.collaborations.forms.plan import HandInForm, NewDateForm, OutcomeForm, PackageForm, PartForm
from portal.collaborations.forms.reports import ReportForm, ReportScheduleForm

__all__ = [
    "ReportForm",
    "ReportScheduleForm",
    "AssessmentForm",
    "ChangeForm",
    "HandInForm",
    "HealthForm",
    "ItemForm",
    "NewDateForm",
    "OutcomeForm",
    "PackageForm",
    "PartForm",
    "SettledForm",
]
