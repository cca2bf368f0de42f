"""How the engines find, name and guard questions about a listing."""

from sqlalchemy.orm import joinedload

from portal.kernel.subjects import Subject
from portal.kernel.text import N_
from portal.questions.models import Question
from portal.questions.policies import READ

SUBJECTS = {
    "question": Subject(
        Question,
        N_("question"),
        READ,
        lambda q: q.listing.title,
        lambda q: q.href,
        lambda q: (q.host_id,),
        options=(joinedload(Question.listing),),
    ),
}
