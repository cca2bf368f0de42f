"""The demonstration's profiles, written by their owners some days after they came."""

from typing import Any

from portal.kernel.seeding import Stage
from portal.people.actions import edit_profile
from portal.people.inputs import ProfileText
from portal.people.models import Profile

# What only some are asked.
_MORE: dict[str, dict[str, Any]] = {
    "ingrid": {
        "group": "Machine Dynamics Laboratory",
        "seeks": "Plants whose machines misbehave, and people who write the log book.",
    },
    "helena": {"seeks": "Groups that have been on a pumping station at night.", "duties": ("partnerships", "technical")},
    "mei": {"study": "Data science, third semester", "study_level": "master", "finishes_on": "2028-09-30"},
    "farid": {"duties": ("partnerships", "contracts", "funding")},
    "nora": {"duties": ("contracts", "ip", "data")},
}


def seed(stage: Stage) -> None:
    """Everybody of the texts describes themselves once all have an account."""
    for number, text in enumerate(stage.texts["people"]):
        stage.plan(stage.ago(700 - number), lambda text=text: _describe(stage, text))  # type: ignore[misc]


def _describe(stage: Stage, text: dict[str, Any]) -> None:
    profile = stage.session.get_one(Profile, stage.made["account", text["key"]].id)
    about = f"{text['headline']}.\n\nWrite to me with a question that keeps you awake." if text["headline"] else ""
    given = ProfileText(
        headline=text["headline"] or text["title"],
        about=about,
        expertise=text["expertise"],
        open_to=text["open_to"],
        listed=text["listed"],
        contactable=True,
        **_MORE.get(text["key"], {}),
    )
    edit_profile(stage.session, profile, given, actor=stage.actor_of(text["key"]))
