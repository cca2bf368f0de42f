"""Nothing lies about that nobody uses: macros, templates, facts, rules, settings, icons."""

import ast
import dataclasses
import re
from collections import Counter
from functools import cache

from jinja2 import Environment, nodes

from portal import wiring
from portal.kernel.policy import Rule
from portal.kernel.settings import Settings
from portal.web import icons
from tests.architecture.test_facts import facts
from tests.architecture.test_help import policies
from tests.architecture.tree import ROOT, python_files

TEMPLATES = ROOT / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))


@cache
def trees():
    """Every Python file of the portal by its module's name."""
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in python_files("portal")}


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def pages():
    return {name: Environment(autoescape=True).parse((TEMPLATES / name).read_text(encoding="utf-8")) for name in NAMES}


# Templates


def named_in_templates():
    """Whatever a template names: what it extends, includes or imports, and what it draws with `still`."""
    return {text.value for page in pages().values() for text in page.find_all(nodes.Const)}


def patterns_in_code(tree):
    """Each text of a module as a pattern; what is put into an f-string may be anything, unless the module fixes it."""
    fixed = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)):
                yield re.escape(text)
            case ast.JoinedStr(values=values):
                yield "".join(pattern(part, fixed) for part in values)


def pattern(part, fixed):
    match part:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in fixed:
            return re.escape(str(fixed[name]))
    return r"\w+"


def test_every_template_is_drawn():
    patterns = {found for tree in trees().values() for found in patterns_in_code(tree)}
    in_code = re.compile("|".join(sorted(found for found in patterns if found.endswith((r"\.html", r"\.txt", r"\w+")))))
    named = named_in_templates()

    assert [name for name in NAMES if name not in named and not in_code.fullmatch(name)] == []


# Macros


def calls_of_macros():
    """Pairs of a template and one of its macros, once for each place that draws it."""
    for name, page in pages().items():
        files = {node.target: node.template.value for node in page.find_all(nodes.Import)}
        single = {}
        for node in page.find_all(nodes.FromImport):
            for given in node.names:
                macro, here = given if isinstance(given, tuple) else (given, given)
                single[here] = (node.template.value, macro)
        for node in page.find_all((nodes.Getattr, nodes.Name)):
            match node:
                case nodes.Getattr(node=nodes.Name(name=file), attr=macro) if file in files:
                    yield files[file], macro
                case nodes.Name(name=here, ctx="load"):
                    yield single.get(here, (name, here))


def test_every_macro_is_drawn():
    drawn = Counter(calls_of_macros())
    made = [(name, macro.name) for name, page in pages().items() for macro in page.find_all(nodes.Macro)]

    assert [f"{name}: {macro}" for name, macro in made if not drawn[name, macro]] == []


# Facts and rules


def test_every_fact_is_recorded_by_a_step_or_an_action():
    in_tables = {row.fact.__name__ for flow in wiring.FLOWS for row in flow.table}
    made = {
        getattr(node, "id", getattr(node, "attr", None))
        for module, tree in trees().items()
        if ".events" not in module and ".notices" not in module
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for node in ast.walk(call.func)
    }

    assert [fact.__name__ for _, fact in facts() if fact.__name__ not in in_tables | made] == []


def names_read(tree):
    """Names a module uses, and those it fetches elsewhere, as (module, name)."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                yield None, name
            case ast.ImportFrom(module=module, names=aliases):
                yield from ((module, alias.name) for alias in aliases)


def test_every_rule_decides_something():
    read = {(module or here, name) for here, tree in trees().items() for module, name in names_read(tree)}
    made = [(module.__name__, name) for module in policies() for name, value in vars(module).items() if isinstance(value, Rule)]

    assert [f"{module}.{name}" for module, name in made if (module, name) not in read] == []


# Settings and icons


def test_every_setting_changes_something():
    """Read as an attribute, or by its name where the settings need not be there."""
    read = {
        getattr(node, "attr", getattr(node, "value", None))
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Constant)
    }

    assert [field.name for field in dataclasses.fields(Settings) if field.name not in read] == []


def test_every_icon_is_drawn():
    assert icons.names_in_sprite() - icons.names_in_use() == set()
