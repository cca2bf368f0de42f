"""Every fact is recorded somewhere, says what happened, and holds nothing a person wrote."""

import dataclasses
import importlib
import pkgutil
import re
import typing
from enum import Enum

import portal
from portal import wiring
from portal.kernel.events import Fact
from tests.architecture.tree import python_files

FLOORS = [
    "kernel",
    "web",
    "accounts",
    "engine",
    "organisations",
    "people",
    "listings",
    "proposals",
    "collaborations",
    "board",
    "announcements",
]
ENGINES = {"activity", "approvals", "files", "imports", "notifications", "search", "threads", "writing"}
PLAIN = {int, bool, str, int | None, str | None}
# A fact's first word is its feature's, or the name of a thing the feature owns.
OWNED = {
    "account": "accounts",
    "approval": "approvals",
    "invitation": "organisations",
    "membership": "organisations",
    "organisation": "organisations",
    "profile": "people",
    "listing": "listings",
    "annex": "annexes",
    "questionnaire": "questionnaires",
    "question": "questions",
    "saved_search": "search",
    "held_decision": "proposals",
    "interest": "proposals",
    "proposal": "proposals",
    "co_author": "proposals",
    "confirmation": "proposals",
    "collaboration": "collaborations",
    "milestone": "collaborations",
    "deliverable": "collaborations",
    "report": "collaborations",
    "claim": "collaborations",
    "outcome": "collaborations",
    "document": "collaborations",
    "check_item": "collaborations",
    "change_request": "collaborations",
    "participant": "collaborations",
    "hand_over": "collaborations",
    "risk": "collaborations",
    "meeting": "collaborations",
    "meeting_action": "collaborations",
    "message": "threads",
    "thread": "threads",
    "note": "threads",
    "delivery": "notifications",
    "wording": "notifications",
    "file": "files",
    "import": "imports",
    "term": "listings",
    "dead_letter": "admin",
    "merger": "mergers",
    "emergency": "emergencies",
    "board_view": "board",
    "calendar_feed": "board",
    "reminder": "board",
    "announcement": "announcements",
}


def facts():
    for package in pkgutil.iter_modules(portal.__path__):
        if package.ispkg and importlib.util.find_spec(f"portal.{package.name}.events"):
            if package.name == "kernel":
                continue
            module = importlib.import_module(f"portal.{package.name}.events")
            for fact in vars(module).values():
                if (
                    isinstance(fact, type)
                    and issubclass(fact, Fact)
                    and fact.__module__.startswith(module.__name__)
                    and "kind" in vars(fact)
                ):
                    yield package.name, fact


def test_facts_name_their_feature_and_what_happened():
    for package, fact in facts():
        thing, _, happened = fact.kind.partition(".")
        assert OWNED[thing] == package, fact.kind
        assert re.fullmatch("[a-z_]+", happened), fact.kind
        assert fact.says


def test_kinds_of_facts_are_unique():
    kinds = [fact.kind for _, fact in facts()]
    assert sorted(set(kinds)) == sorted(kinds)


def test_facts_hold_ids_numbers_and_enum_values_only():
    for _, fact in facts():
        for field in dataclasses.fields(fact):
            kind = typing.get_type_hints(fact)[field.name]
            is_enum = isinstance(kind, type) and issubclass(kind, Enum)
            assert kind in PLAIN or is_enum, f"{fact.__name__}.{field.name}"
            # Text is for values of enums and names of tables; words like these would be somebody's own.
            assert not re.search(r"text|note|name|title|body|reason|email|address", field.name), f"{fact.__name__}.{field.name}"


def test_every_fact_is_recorded_somewhere():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in python_files("portal")
        if not {"events", "notices"} & {path.stem, path.parent.name}
    )
    unused = [fact.__name__ for _, fact in facts() if not re.search(rf"\b{fact.__name__}\b", code)]
    assert unused == []


def floor(function_or_fact):
    package = function_or_fact.__module__.split(".")[1]
    return FLOORS.index("engine" if package in ENGINES else package)


def test_reactions_stand_on_a_higher_floor_than_their_fact():
    assert wiring.REACTIONS
    for fact, reactions in wiring.REACTIONS.items():
        for reaction in reactions:
            assert floor(reaction) > floor(fact), f"{fact.__name__} → {reaction.__module__}"
