"""What two of the demonstration's owners ask of everybody who proposes."""

from dataclasses import replace

from portal.kernel.seeding import Stage
from portal.listings.seeds import begun_days_ago
from portal.questionnaires.actions import write_questionnaire
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.states import AnswerKind as K

_WRITTEN_AFTER = 3  # days, before anybody proposes
QUESTIONS = {
    "leaks": (
        Question("Which sensors would you use?", K.CHOICES, choices=("Acoustic", "Pressure", "Flow", "Other"), required=True),
        Question("Do you need access to a site?", K.YES_NO, required=True),
        Question(
            "How many days on site, in all?", K.NUMBER, least=1, most=200, required=True, only_if="q2", only_answer="yes",
            help="Count every visit; each needs two of our people.",
        ),
        Question(
            "With which other utilities are you in talks?", K.PASSAGE, confidential=True,
            help="Only so that we do not pay for the same work twice.",
        ),
    ),
    "twin": (
        Question("Which product of yours would the study start from?", K.LINE, required=True),
        Question("When could your data be handed over?", K.DATE, required=True),
    ),
}  # fmt: skip


def seed(stage: Stage) -> None:
    """Each owner writes the questions soon after the listing."""
    for text in stage.texts["listings"]:
        if text["key"] in QUESTIONS:
            days = begun_days_ago(stage, text) - _WRITTEN_AFTER
            stage.plan(stage.ago(days), lambda text=text: _write(stage, text["key"], text["by"]))  # type: ignore[misc]


def _write(stage: Stage, key: str, owner: str) -> None:
    """First the questions, then the conditions among them: these name questions by keys that are given as they are saved."""
    for ready in (False, True):
        questions = [
            replace(question, key=f"q{number}") if ready else replace(question, only_if="", only_answer="")
            for number, question in enumerate(QUESTIONS[key], start=1)
        ]
        write_questionnaire(stage.session, stage.made["listing", key], Questions(questions), actor=stage.actor_of(owner))
