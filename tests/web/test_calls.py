"""Pages call macros that exist, with arguments they take: Jinja itself notices only when the page is drawn."""

import pytest
from jinja2 import Environment, nodes

from portal.web import icons

PAGES = sorted(path.relative_to(icons.TEMPLATES).as_posix() for path in icons.TEMPLATES.rglob("*.html"))


def tree(name: str) -> nodes.Template:
    return Environment(autoescape=True).parse((icons.TEMPLATES / name).read_text(encoding="utf-8"))


def macros(name: str) -> dict[str, nodes.Macro]:
    return {macro.name: macro for macro in tree(name).find_all(nodes.Macro)}


def mistakes(page: nodes.Template) -> list[str]:
    """Each call of an imported macro that could not work."""
    imported = {
        node.target: macros(node.template.value) for node in page.find_all(nodes.Import) if isinstance(node.template, nodes.Const)
    }
    found = []
    for call in page.find_all(nodes.Call):
        match call.node:
            case nodes.Getattr(node=nodes.Name(name=file), attr=name) if file in imported:
                if (macro := imported[file].get(name)) is None:
                    found.append(f"{file}.{name} does not exist")
                else:
                    found += [f"{file}.{name}: {wrong}" for wrong in misfits(call, macro)]
    return found


def misfits(call: nodes.Call, macro: nodes.Macro) -> list[str]:
    names = [argument.name for argument in macro.args]
    given = {*names[: len(call.args)], *(keyword.key for keyword in call.kwargs)}
    needed = names[: len(names) - len(macro.defaults)]
    unknown = [f"takes no {keyword.key}" for keyword in call.kwargs if keyword.key not in names]
    missing = [f"needs {name}" for name in needed if name not in given]
    return [*unknown, *missing, *(["takes fewer arguments"] if len(call.args) > len(names) else [])]


@pytest.mark.parametrize("name", PAGES)
def test_page_calls_macros_as_they_are(name):
    assert mistakes(tree(name)) == []


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("ui.pil('x')", "ui.pil does not exist"),
        ("ui.pill()", "ui.pill: needs text"),
        ("ui.pill('x', colour='red')", "ui.pill: takes no colour"),
        ("ui.pill('x', 'good', 3)", "ui.pill: takes fewer arguments"),
    ],
)
def test_wrong_calls_are_found(call, complaint):
    page = Environment(autoescape=True).parse('{% import "macros/ui.html" as ui %}{{ ' + call + " }}")

    assert mistakes(page) == [complaint]
