"""What moderation asks of a listing."""

from wtforms import TextAreaField
from wtforms.validators import Optional

from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.words import lazy


def _remark(label: str) -> TextAreaField:
    return TextAreaField(lazy(label), validators=(Optional(),))


class ReviewForm(ReasonForm):
    """The reason, and a box for each part of the listing that can be spoken of; the owner reads them beside these parts."""

    title = _remark(N_("On the title"))
    summary = _remark(N_("On the summary"))
    description = _remark(N_("On the description"))
    details = _remark(N_("On the facts"))
    closes_on = _remark(N_("On the deadline"))
    skills = _remark(N_("On the skills"))
