"""A question, a whole questionnaire, and what an answer to a question may be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.questionnaires.states import CLOSED, YES_NO, AnswerKind

MOST_QUESTIONS, MOST_CHOICES = 30, 30
MOST_LINE, MOST_PASSAGE = 200, 10_000
_LARGEST = 10**12
Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of the owner's own.

    Args:
        key: what answers and conditions know it by, `q3`; given once, whatever becomes of its wording.
        choices: what can be chosen, one a line or as a sequence.
        least, most: of a number its bounds, of a text its length, of choices how many.
        confidential: the answer is shown to the two parties alone.
        only_if, only_answer: the key of an earlier question and the answer to it without which this one is not asked.
    """

    label: str
    kind: AnswerKind
    key: str = ""
    help: str = ""
    required: bool = False
    confidential: bool = False
    choices: Sequence[str] = ()
    least: int | None = None
    most: int | None = None
    only_if: str = ""
    only_answer: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: self._set("label", inputs.line("label", self.label, most=300)),
            lambda: self._set("kind", inputs.one_of("kind", self.kind, AnswerKind)),
            lambda: self._set("key", inputs.line("key", self.key, most=12, required=False)),
            lambda: self._set("help", inputs.passage("help", self.help, most=1000, required=False)),
            lambda: self._set("choices", _choices(self.choices)),
            lambda: self._set("least", inputs.whole("least", self.least, least=-_LARGEST, most=_LARGEST, required=False)),
            lambda: self._set("most", inputs.whole("most", self.most, least=-_LARGEST, most=_LARGEST, required=False)),
            lambda: self._set("only_if", inputs.line("only_if", self.only_if, most=12, required=False)),
            lambda: self._set("only_answer", inputs.line("only_answer", self.only_answer, required=False)),
        )
        self._check_together()

    def _check_together(self) -> None:
        if self.kind in (AnswerKind.CHOICE, AnswerKind.CHOICES):
            if len(self.choices) < 2:
                raise Invalid("choices", N_("Name at least two choices, one a line."))
        else:
            self._set("choices", ())
        if self.least is not None and self.most is not None and self.least > self.most:
            raise Invalid("most", N_("The upper limit is below the lower one: no answer could be given."))
        if self.kind is AnswerKind.CHOICES and (self.least or 0) > len(self.choices):
            raise Invalid("least", N_("More choices are asked for than there are: no answer could be given."))

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    @property
    def possible(self) -> tuple[str, ...]:
        """All answers there are, of questions where that is known beforehand."""
        return YES_NO if self.kind is AnswerKind.YES_NO else tuple(self.choices)

    @property
    def fixed(self) -> tuple[Any, ...]:
        """Everything of it but its words: what an answer given earlier relies on."""
        return tuple(vars(replace(self, label="-", help="")).items())

    def answered(self, value: Any) -> Value:
        """The clean answer, empty where there is none.

        Raises:
            Invalid: it is no answer to this question; the field is the question's key.
        """
        if self.kind is AnswerKind.CHOICES:
            return self._chosen(value)
        text = inputs.passage(self.key, value, most=self._longest, required=False)
        if text and self.kind is AnswerKind.NUMBER:
            low, high = -_LARGEST if self.least is None else self.least, _LARGEST if self.most is None else self.most
            return str(inputs.whole(self.key, text, least=low, most=high))
        if text and self.kind is AnswerKind.DATE:
            return str(inputs.day(self.key, text))
        if text and self.kind in CLOSED and text not in self.possible:
            raise Invalid(self.key, N_("Choose one of the options."))
        if text and self.kind in (AnswerKind.LINE, AnswerKind.PASSAGE) and len(text) < (self.least or 0):
            raise Invalid(
                self.key, N_("Write at least %(least)s characters; it has %(length)s."), least=self.least, length=len(text)
            )
        return text

    def _chosen(self, value: Any) -> tuple[str, ...]:
        chosen = inputs.some_of(self.key, [value] if isinstance(value, str) else value or (), self.choices)
        if chosen and not (self.least or 0) <= len(chosen) <= (self.most or MOST_CHOICES):
            raise Invalid(
                self.key, N_("Choose from %(least)s to %(most)s."), least=self.least or 0, most=self.most or len(self.choices)
            )
        return chosen

    @property
    def _longest(self) -> int:
        own = self.most if self.kind in (AnswerKind.LINE, AnswerKind.PASSAGE) else None
        longest = MOST_PASSAGE if self.kind is AnswerKind.PASSAGE else MOST_LINE
        return longest if own is None else max(1, min(own, longest))


@dataclass(frozen=True)
class Questions:
    """All own questions of one listing, in their order. A condition looks back: what is asked depends on what was answered."""

    questions: Sequence[Question] = ()

    def __post_init__(self) -> None:
        if len(self.questions) > MOST_QUESTIONS:
            raise Invalid("questions", N_("Keep to %(most)s questions."), most=MOST_QUESTIONS)
        object.__setattr__(self, "questions", tuple(self.questions))
        earlier: dict[str, Question] = {}
        for number, question in enumerate(self.questions):
            if question.only_if:
                self._require_possible(number, question, earlier)
            if question.key:
                earlier[question.key] = question

    def _require_possible(self, number: int, question: Question, earlier: Mapping[str, Question]) -> None:
        on = earlier.get(question.only_if)
        at = f"questions-{number}"
        if on is None:
            raise Invalid(f"{at}-only_if", N_("This could never be asked: the question it waits for does not stand before it."))
        if on.kind not in CLOSED:
            raise Invalid(
                f"{at}-only_if", N_("Only a question with choices, or with yes and no, can decide whether another is asked.")
            )
        if question.only_answer not in on.possible:
            raise Invalid(
                f"{at}-only_answer",
                N_("This could never be asked: “%(answer)s” is no answer to “%(question)s”. Write one of: %(possible)s."),
                answer=question.only_answer,
                question=on.label,
                possible=", ".join(on.possible),
            )

    def asked(self, answers: Mapping[str, Value]) -> tuple[Question, ...]:
        """The questions that are asked of somebody who gave these answers. An answer that was not asked for decides nothing."""
        found: dict[str, Question] = {}
        for question in self.questions:
            given = answers.get(question.only_if, "") if question.only_if in found else ""
            if not question.only_if or question.only_answer in ((given,) if isinstance(given, str) else given):
                found[question.key] = question
        return tuple(found.values())

    def to_json(self) -> list[dict[str, Any]]:
        """Plain values as they are stored."""
        return [vars(one) | {"kind": str(one.kind.value), "choices": list(one.choices)} for one in self.questions]

    @classmethod
    def from_json(cls, stored: Sequence[Mapping[str, Any]]) -> "Questions":
        """What `to_json` stored. Unknown keys of later versions are passed over."""
        known = {field.name for field in fields(Question)}
        return cls([Question(**{name: value for name, value in row.items() if name in known}) for row in stored])


def _choices(given: Any) -> tuple[str, ...]:
    lines = given.splitlines() if isinstance(given, str) else given or ()
    found = tuple(dict.fromkeys(text for each in lines if (text := inputs.line("choices", each, most=160, required=False))))
    if len(found) > MOST_CHOICES:
        raise Invalid("choices", N_("Keep to %(most)s choices."), most=MOST_CHOICES)
    return found
