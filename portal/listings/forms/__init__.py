"""Forms about listings: what each kind says, who can read it, and what moderation asks."""

from portal.listings.forms.choices import LANGUAGES
from portal.listings.forms.kinds import FORMS, form_of
from portal.listings.forms.owners import ColleagueForm, HeirForm, ResponsibleForm
from portal.listings.forms.places import PlacesForm
from portal.listings.forms.readers import ReadersForm
from portal.listings.forms.review import ReviewForm
from portal.listings.forms.shared import ListingForm
from portal.listings.forms.templates import TemplateForm
from portal.listings.forms.trust import TrustForm
from portal.listings.forms.vocabulary import MergeTermForm, NewTermForm, TermForm

__all__ = [
    "FORMS",
    "LANGUAGES",
    "ColleagueForm",
    "HeirForm",
    "ListingForm",
    "MergeTermForm",
    "NewTermForm",
    "PlacesForm",
    "ReadersForm",
    "ResponsibleForm",
    "ReviewForm",
    "TemplateForm",
    "TermForm",
    "TrustForm",
    "form_of",
]
