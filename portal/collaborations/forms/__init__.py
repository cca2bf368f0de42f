"""Forms about collaborations."""

from portal.collaborations.forms.changes import AssessmentForm, ChangeForm
from portal.collaborations.forms.lists import HealthForm, ItemForm, SettledForm
from portal.collaborations.forms.plan import HandInForm, NewDateForm, OutcomeForm, PackageForm, PartForm

__all__ = [
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
