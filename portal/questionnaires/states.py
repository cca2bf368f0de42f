"""The kinds of questions."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class AnswerKind(Labelled):
    """What an answer is."""

    LINE = "line", N_("Short text")
    PASSAGE = "passage", N_("Long text")
    CHOICE = "choice", N_("One choice")
    CHOICES = "choices", N_("Several choices")
    NUMBER = "number", N_("Number")
    DATE = "date", N_("Date")
    YES_NO = "yes_no", N_("Yes or no")
    FILE = "file", N_("File of the proposal")


CLOSED = (AnswerKind.CHOICE, AnswerKind.CHOICES, AnswerKind.YES_NO)  # their possible answers are known beforehand
YES_NO = ("yes", "no")
