"""Forms about collaborations."""

from portal.collaborations.forms.changes import AssessmentForm, ChangeForm
from portal.collaborations.forms.documents import DocumentForm, NewDocumentForm
from portal.collaborations.forms.lists import HealthForm, ItemForm, SettledForm
from portal.collaborations.forms.meetings import ActionForm, MeetingForm, MinutesForm, WordForm, written_in
from portal.collaborations.forms.money import ClaimForm, ContributionForm, PaidForm
from portal.collaborations.forms.outcomes import CorrectionForm, OutcomeForm
from portal.collaborations.forms.people import GuestForm, LastDayForm, MemberForm, SuccessionForm
from portal.collaborations.forms.plan import HandInForm, NewDateForm, PackageForm, PartForm
from portal.collaborations.forms.reports import ReportForm, ReportScheduleForm
from portal.collaborations.forms.risks import RiskForm, RiskReviewForm, RiskTextForm

__all__ = [
    "RiskForm",
    "RiskReviewForm",
    "RiskTextForm",
    "ActionForm",
    "MeetingForm",
    "MinutesForm",
    "WordForm",
    "written_in",
    "ClaimForm",
    "ContributionForm",
    "PaidForm",
    "ReportForm",
    "ReportScheduleForm",
    "AssessmentForm",
    "ChangeForm",
    "CorrectionForm",
    "DocumentForm",
    "GuestForm",
    "HandInForm",
    "HealthForm",
    "ItemForm",
    "LastDayForm",
    "MemberForm",
    "NewDateForm",
    "NewDocumentForm",
    "OutcomeForm",
    "PackageForm",
    "PartForm",
    "SettledForm",
    "SuccessionForm",
]
