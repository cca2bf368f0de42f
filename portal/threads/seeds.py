"""The demonstration’s conversations: among all, one side or officers; with names called, quotations and second thoughts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from portal.kernel.policy import Actor, Role
from portal.kernel.scopes import Scope
from portal.kernel.seeding import Stage
from portal.threads.actions import change_message, mark_read, post_message, take_back, write_note
from portal.threads.models import Message
from portal.threads.queries import ref_of

_A_DAY = 4  # things said a day
_SECOND_THOUGHT = dt.timedelta(minutes=6)


def seed(stage: Stage) -> None:
    """Put each word on the agenda; what they are about is made by others until then."""
    for conversation in stage.texts["conversations"]:
        about = tuple(conversation["about"])
        for number, said in enumerate(conversation["said"]):
            day, hour = divmod(number, _A_DAY)
            when = stage.ago(conversation["days_ago"] - day).replace(hour=9 + 2 * hour, minute=12 + 7 * hour)
            stage.plan(when, lambda about=about, said=said: _say(stage, about, said))  # type: ignore[misc]


def _say(stage: Stage, about: tuple[str, str], said: Mapping[str, Any]) -> None:
    thing, actor = stage.made[about], stage.actor_of(said["by"])
    if "note" in said:
        write_note(stage.session, thing, said["note"], actor=actor)
        return
    message = post_message(
        stage.session, thing.__tablename__, thing.id, said["text"], actor=actor, scope=_scope(said.get("to", "all"), actor)
    )
    for reader in said.get("read_by", ()):
        mark_read(stage.session, thing, actor=stage.actor_of(reader))
    if "better" in said or said.get("taken_back"):
        stage.plan(message.at + _SECOND_THOUGHT, lambda: _think_again(stage, thing, message, said))


def _think_again(stage: Stage, thing: Any, message: Message, said: Mapping[str, Any]) -> None:
    actor, ref = stage.actor_of(said["by"]), ref_of(message)
    if said.get("taken_back"):
        take_back(stage.session, thing, ref, actor=actor)
    else:
        change_message(stage.session, thing, ref, said["better"], actor=actor)


def _scope(to: str, actor: Actor) -> Scope:
    """`all`, `colleagues`, `officers` of both sides, `office` of one's own."""
    own = next((seat.organisation_id for seat in actor.seats), None)
    offices = actor.organisations_as(Role.OFFICER)
    return {
        "all": Scope(),
        "colleagues": Scope(own),
        "officers": Scope(officers=True),
        "office": Scope(min(offices, default=None), officers=True),
    }[to]
