"""The listing's own questions, as a part of the proposal form that is made for each listing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import DateInput, ListWidget

from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather
from portal.kernel.text import N_
from portal.proposals.forms.parts import NUMERIC, PartForm
from portal.proposals.inputs import Content, Given, values_of
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.states import AnswerKind as K
from portal.web.words import gettext

ASKED = "questions"  # the part's name; the other parts are the same for all listings


class AnswersForm(PartForm):
    """Answers by the keys of their questions. Every question stands there, those with a condition say so."""

    questions: ClassVar[Questions] = Questions()
    files: ClassVar[Mapping[str, str]] = {}

    def content(self, before: Content) -> Content | None:
        """Answers to what is not asked are kept in the draft: another answer may call for them again."""
        return self.read(partial(self._answered, before))

    def _answered(self, before: Content, **answers: Any) -> Content:
        found: list[Given] = []
        kept = values_of(before.answers)

        def answer(question: Question) -> None:
            value = question.answered(answers.get(question.key) or "")
            if value and question.kind is K.FILE and value not in self.files and value != kept.get(question.key):
                raise Invalid(question.key, N_("Choose from the options shown."))
            if value:
                found.append(Given.to(question, value))

        gather(*(partial(answer, question) for question in self.questions.questions))
        return PartForm.merged(before, answers=found)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        """What was answered."""
        return dict(values_of(content.answers))


def answers_form(questions: Questions, files: Mapping[str, str]) -> type[PartForm]:
    """A form that asks these questions.

    Args:
        files: names of the proposal's files by what stands for each in an answer.
    """
    fields = {question.key: _field(question, questions, files) for question in questions.questions}
    return type("AnswersForm", (AnswersForm,), {**fields, "questions": questions, "files": files})


def _field(question: Question, questions: Questions, files: Mapping[str, str]) -> Field:
    about: dict[str, Any] = {"label": question.label, "description": _hint(question, questions)}
    if question.kind is K.YES_NO:
        return RadioField(
            **about, choices=lambda: [("yes", gettext(N_("Yes"))), ("no", gettext(N_("No")))], validate_choice=False
        )
    if question.kind is K.CHOICES:
        return SelectMultipleField(
            **about, choices=lambda: [(one, one) for one in question.choices], widget=ListWidget(), validate_choice=False
        )
    if question.kind in (K.CHOICE, K.FILE):
        named = dict(files) if question.kind is K.FILE else {one: one for one in question.choices}
        return SelectField(**about, choices=lambda: [("", gettext(N_("Choose"))), *named.items()], validate_choice=False)
    if question.kind is K.PASSAGE:
        return TextAreaField(**about)
    if question.kind is K.DATE:
        return StringField(**about, widget=DateInput())
    return StringField(**about, render_kw=NUMERIC if question.kind is K.NUMBER else None)


def _hint(question: Question, questions: Questions) -> str:
    """The owner's help, then what the portal has to say about the answer."""
    parts = [question.help]
    if question.only_if:
        on = next(one for one in questions.questions if one.key == question.only_if)
        said = {"yes": gettext(N_("Yes")), "no": gettext(N_("No"))}.get(question.only_answer, question.only_answer)
        parts.append(gettext(N_("Asked only if the answer to “%(question)s” is “%(answer)s”."), question=on.label, answer=said))
    if not question.required:
        parts.append(gettext(N_("You may leave this open.")))
    if question.confidential:
        parts.append(gettext(N_("Confidential: the answer is shown to the two parties alone.")))
    if question.kind is K.FILE:
        parts.append(gettext(N_("Add it in the step “Files”; then choose it here.")))
    return " ".join(part for part in parts if part)
