"""Answers to the listing's own questions, as they were asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.kernel import inputs
from portal.questionnaires.inputs import Question, Questions, Value
from portal.questionnaires.states import AnswerKind


@dataclass(frozen=True)
class Given:
    """One answer, with the question in the words in which it was asked: what was submitted is read so for ever.

    Args:
        key: of the question; it stays when the question is put in other words.
        value: text, or the choices where there may be several. Of a file its code, or – chosen on the proposal’s page, as it
            once was – its address.
        confidential: shown to the two parties alone.
    """

    key: str
    label: str
    kind: AnswerKind
    value: Value
    confidential: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", inputs.one_of("kind", self.kind, AnswerKind))
        if not isinstance(self.value, str):
            object.__setattr__(self, "value", tuple(self.value))

    @property
    def names_address(self) -> bool:
        """Whether it is a file that was chosen by its address on the proposal’s page."""
        return self.kind is AnswerKind.FILE and "/" in self.value

    @classmethod
    def to(cls, question: Question, value: Value) -> "Given":
        """The answer to `question`."""
        return cls(question.key, question.label, question.kind, value, question.confidential)


def values_of(answers: Sequence[Given]) -> Mapping[str, Value]:
    """What was answered, by the question's key."""
    return {given.key: given.value for given in answers}


def asked_again(answers: Sequence[Given], questions: Questions) -> tuple[Given, ...]:
    """The answers to the questions as they are asked now; what is not asked of somebody who answered so falls away.

    Raises:
        Invalid: something is no answer to its question any more.
    """
    values = values_of(answers)
    found = ((question, question.answered(values.get(question.key, ""))) for question in questions.asked(values))
    return tuple(Given.to(question, value) for question, value in found if value)
