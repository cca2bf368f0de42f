"""Forms of interests and proposals."""

from portal.proposals.forms.answers import STEP_FORMS, DecisionForm, InterestForm, ProposeForm
from portal.proposals.forms.parts import PartForm
from portal.proposals.forms.together import CoAuthorForm, RightForm
from portal.proposals.forms.writing import PARTS

__all__ = ["PARTS", "STEP_FORMS", "CoAuthorForm", "DecisionForm", "InterestForm", "PartForm", "ProposeForm", "RightForm"]
