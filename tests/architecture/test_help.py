"""The help pages say everything there is: each setting, command, fact and rule, and every step of every workflow."""

import dataclasses
import html
import importlib
import pkgutil
import re
import tokenize

import click
import pytest

import portal
from portal import wiring
from portal.app import main
from portal.kernel.policy import Rule
from portal.kernel.settings import Settings, explained
from tests.architecture.test_facts import facts
from tests.architecture.tree import ROOT

PAGES = ("/help", "/help/rules", "/help/facts", "/help/operators")


@pytest.fixture
def said(client_of):
    """The text of all help pages as a visitor reads it."""
    pages = "\n".join(client_of().get(address).get_data(as_text=True) for address in PAGES)
    return one_line(html.unescape(re.sub(r"<[^>]+>", " ", pages)))


def one_line(text):
    return " ".join(text.split())


def missing(said, sentences):
    return [sentence for sentence in sentences if one_line(str(sentence)) not in said]


def comments():
    """The comment beside each line of the settings, by the line's first word."""
    with (ROOT / "portal/kernel/settings.py").open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.line.split(":")[0].strip(), token.string.removeprefix("#").strip()


def test_every_setting_is_explained_with_its_name_in_the_environment(said):
    meanings = dict(comments())
    names = [field.name for field in dataclasses.fields(Settings)]

    assert missing(said, [f"{name} PORTAL_{name.upper()}" for name in names]) == []
    assert [name for name in names if meanings.get(name, "") not in said or not meanings.get(name)] == []


def test_the_operators_guide_has_the_same_settings():
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(.*)` \| (.*) \|$", guide, re.MULTILINE)

    assert rows == [(setting.name, setting.default, setting.meaning) for setting in explained()]


def test_the_operators_guide_names_every_command():
    guide = (ROOT / "docs/operating.md").read_text(encoding="utf-8")

    assert [name for name, _ in each_command(main) if f"| `{name}" not in guide] == []


def each_command(group, name="portal"):
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from each_command(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def test_every_command_is_explained_with_its_options(said):
    for name, command in each_command(main):
        options = [option for option in command.params if isinstance(option, click.Option)]

        assert command.help, f"{name} does not say what it does"
        assert [option.name for option in options if not option.help] == [], name
        assert missing(said, [name, command.help, *(option.opts[0] for option in options)]) == []


def test_every_fact_is_told(said):
    for _, fact in facts():
        fixed = [part.strip() for part in re.split(r"%\(\w+\)s", fact.says)]

        assert missing(said, [fact.kind, *filter(None, fixed)]) == []


def policies():
    names = [f"portal.{package.name}.policies" for package in pkgutil.iter_modules(portal.__path__) if package.ispkg]
    return [importlib.import_module(name) for name in ["portal.kernel.policy", *filter(importlib.util.find_spec, names)]]


def test_every_rule_is_told(said):
    for module in policies():
        rules = {name: value for name, value in vars(module).items() if isinstance(value, Rule) and not name.startswith("_")}

        assert rules, module.__name__
        assert missing(said, [f"{name} {rule.words}" for name, rule in rules.items()]) == [], module.__name__


def test_every_step_of_every_workflow_is_told(said):
    for flow in wiring.FLOWS:
        assert missing(said, [f"{row.target.label} {row.who.words}" for row in flow.table]) == []
