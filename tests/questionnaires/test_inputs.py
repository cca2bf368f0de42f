"""What may be asked, what may be answered, and that every question can be asked of somebody."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.questionnaires.inputs import Question, Questions
from portal.questionnaires.states import AnswerKind as K

YES_NO = Question("Do you need a site?", K.YES_NO, "q1")
DAYS = Question("How many days?", K.NUMBER, "q2", least=1, most=9, only_if="q1", only_answer="yes")
SENSORS = Question("Which?", K.CHOICES, "q3", choices="Sound\nFlow\nHeat", least=2, most=2)
WHY = Question("Why heat?", K.LINE, "q4", only_if="q3", only_answer="Heat")


def test_a_question_is_asked_only_after_the_answer_it_waits_for():
    questions = Questions([YES_NO, DAYS, SENSORS, WHY])

    assert [one.key for one in questions.asked({})] == ["q1", "q3"]
    assert [one.key for one in questions.asked({"q1": "yes", "q3": ("Flow", "Heat")})] == ["q1", "q2", "q3", "q4"]
    hidden = Questions([YES_NO, replace(SENSORS, only_if="q1", only_answer="yes"), WHY])
    assert [one.key for one in hidden.asked({"q1": "no", "q3": ("Heat", "Flow")})] == ["q1"]
    assert Questions.from_json(questions.to_json()) == questions


@pytest.mark.parametrize(
    ("questions", "where", "says"),
    [
        ([DAYS, YES_NO], "questions-0-only_if", "does not stand before it"),
        ([replace(YES_NO, only_if="q1", only_answer="yes")], "questions-0-only_if", "does not stand before it"),
        ([YES_NO, replace(DAYS, only_answer="perhaps")], "questions-1-only_answer", "Write one of: yes, no"),
        ([SENSORS, replace(WHY, only_answer="Cold")], "questions-1-only_answer", "Write one of: Sound, Flow, Heat"),
        ([replace(YES_NO, kind=K.DATE), DAYS], "questions-1-only_if", "Only a question with choices"),
    ],
)
def test_a_question_that_can_never_be_asked_is_refused_with_the_reason(questions, where, says):
    with pytest.raises(Invalid, match=says) as caught:
        Questions(questions)

    assert caught.value.field == where


@pytest.mark.parametrize("limits", [{"least": 5, "most": 4}, {"choices": ["a", "b"], "kind": K.CHOICES, "least": 3}])
def test_a_question_that_has_no_answer_is_refused(limits):
    with pytest.raises(Invalid, match="no answer could be given"):
        replace(DAYS, **limits)


@pytest.mark.parametrize(
    ("question", "value", "clean"),
    [
        (YES_NO, "no", "no"),
        (DAYS, " 7 ", "7"),
        (SENSORS, ["Heat", "Flow"], ("Heat", "Flow")),
        (replace(YES_NO, kind=K.DATE), "2027-01-15", "2027-01-15"),
        (replace(YES_NO, kind=K.LINE), None, ""),
        (SENSORS, [], ()),
    ],
)
def test_answers_are_cleaned(question, value, clean):
    assert question.answered(value) == clean


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (YES_NO, "perhaps"),
        (DAYS, "10"),
        (DAYS, "many"),
        (SENSORS, ["Heat"]),
        (SENSORS, ["Heat", "Cold"]),
        (replace(YES_NO, kind=K.DATE), "soon"),
        (replace(YES_NO, kind=K.LINE, most=3), "four"),
        (replace(YES_NO, kind=K.LINE, least=5), "four"),
        (replace(YES_NO, kind=K.PASSAGE), "x" * 10_001),
    ],
)
def test_what_is_no_answer_is_refused_at_its_question(question, value):
    with pytest.raises(Invalid) as caught:
        question.answered(value)

    assert caught.value.field == question.key


@given(st.lists(st.tuples(st.sampled_from([K.YES_NO, K.CHOICE, K.LINE]), st.integers(0, 5), st.sampled_from(["yes", "a", "z"]))))
def test_whatever_is_accepted_can_be_asked_of_somebody(drawn):
    rows = [
        Question("x", kind, f"q{number}", choices=["a", "b"], only_if=f"q{on}" if on < 5 else "", only_answer=answer)
        for number, (kind, on, answer) in enumerate(drawn[:20])
    ]
    try:
        questions = Questions(rows)
    except Invalid:
        return
    for question in questions.questions:
        answers, here = {}, question
        while here.only_if:
            answers[here.only_if] = here.only_answer
            here = next(one for one in questions.questions if one.key == here.only_if)
        assert question in questions.asked(answers)
