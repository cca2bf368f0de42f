"""The form in which owners write their questions."""

from typing import Any

from wtforms import BooleanField, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms import Form as RowForm

from portal.kernel.errors import Invalid
from portal.kernel.states import choices
from portal.kernel.text import N_
from portal.questionnaires.inputs import MOST_QUESTIONS, Question, Questions
from portal.questionnaires.models import Questionnaire
from portal.questionnaires.states import AnswerKind
from portal.web.forms import Form, translated_choices
from portal.web.rows import Rows
from portal.web.words import gettext, lazy

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class QuestionRow(RowForm):
    """One question. Its key goes with it, so that its words may change."""

    key = HiddenField()
    label = StringField(lazy(N_("Question")))
    kind = SelectField(lazy(N_("Answer")), choices=lambda: translated_choices(choices(AnswerKind)), validate_choice=False)
    help = TextAreaField(lazy(N_("Help text")))
    choices = TextAreaField(lazy(N_("Choices, one a line")))
    least = StringField(lazy(N_("At least")), render_kw=_NUMERIC)
    most = StringField(lazy(N_("At most")), render_kw=_NUMERIC)
    required = BooleanField(lazy(N_("Must be answered")))
    only_if = SelectField(lazy(N_("Ask it only if")), validate_choice=False)
    only_answer = StringField(lazy(N_("is answered with")))
    confidential = BooleanField(lazy(N_("Confidential: shown to the two parties alone")))


class QuestionnaireForm(Form):
    """All own questions of a listing."""

    version = HiddenField()
    questions = Rows(FormField(QuestionRow), lazy(N_("Questions")), max_entries=MOST_QUESTIONS + 1)

    def offer(self, saved: Questions) -> None:
        """Conditions look at questions that are saved and whose answers are known beforehand; for drawing alone."""
        named = [(one.key, one.label) for one in saved.questions if one.possible]
        for entry in self.questions:
            entry.form.only_if.choices = [("", gettext(N_("Always"))), *named]

    @classmethod
    def of(cls, found: Questionnaire | None) -> "QuestionnaireForm":
        """The form filled with what is saved."""
        if found is None:
            return cls(data={"questions": [{}]})
        rows = [vars(one) | {"choices": "\n".join(one.choices)} for one in found.questions.questions]
        return cls(data={"version": found.version, "questions": rows})


def questions_in(questions: list[dict[str, Any]]) -> Questions:
    """What the rows say; rows without a question are no rows.

    Raises:
        Invalid: with every problem of every row, named by row and part.
    """
    made: list[Question] = []
    problems: list[Invalid] = []
    for number, row in enumerate(questions):
        if not any(str(row[part] or "").strip() for part in ("label", "help", "choices")):
            continue
        try:
            made.append(Question(**row))
        except Invalid as invalid:
            problems += (Invalid(f"questions-{number}-{problem.field}", problem.why) for problem in invalid.all())
    if problems:
        first, *others = problems
        raise Invalid(first.field, first.why, others=tuple(others))
    return Questions(made)
