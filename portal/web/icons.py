"""Icons: the few in use, cut from the Bootstrap sprite into `static/icons.svg`.

`python -m portal.web.icons` cuts the sprite anew after a template or a view names another icon. An icon is named by
`icon("flag")`, by an argument or a dictionary key called `icon` (or `icons`, a dictionary), or in the tables below, and
nowhere else: that is how the sprite is found to be complete, and free of what nothing uses.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import flask_bootstrap
from jinja2 import Environment, nodes
from markupsafe import Markup

PACKAGE = Path(__file__).parents[1]
TEMPLATES = PACKAGE.parent / "templates"
SPRITE = PACKAGE / "static" / "icons.svg"
SOURCE = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"

# What a search result is, by its kind.
KIND_ICONS = {
    "project": "lightbulb",
    "challenge": "flag",
    "internship": "briefcase",
    "training": "mortarboard",
    "compute": "cpu",
    "organisation": "building",
    "person": "person",
    "outcome": "award",
    "help": "question-circle",
}
# What an attached file is, by the end of its name.
FILE_ICONS = {
    "pdf": "file-earmark-pdf",
    "csv": "file-earmark-spreadsheet",
    "ods": "file-earmark-spreadsheet",
    "xlsx": "file-earmark-spreadsheet",
    "zip": "file-earmark-zip",
}
ANY_FILE_ICON = "file-earmark"

_SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="([^"]*)" id="([^"]*)">(.*?)</symbol>', re.S)
_ID = re.compile(r'<symbol id="([^"]*)"')


def icon_drawer(sprite_url: str, known: frozenset[str]) -> Callable[[str, int], Markup]:
    """The template function `icon(name, size=16)`: decoration beside a word, hidden from screen readers."""

    @lru_cache(maxsize=512)
    def icon(name: str, size: int = 16) -> Markup:
        if name not in known:
            raise LookupError(f"No icon “{name}” in the sprite: run python -m portal.web.icons")
        return Markup('<svg class="cw-i" width="{0}" height="{0}" aria-hidden="true"><use href="{1}#{2}"></use></svg>').format(
            size, sprite_url, name
        )

    return icon


def kind_icon(kind: str) -> str:
    """The icon of a kind of thing; a new kind without one shows as a listing in general."""
    return KIND_ICONS.get(kind, "flag")


def file_icon(name: str) -> str:
    """The icon of a file called `name`."""
    return FILE_ICONS.get(name.rpartition(".")[2].lower(), ANY_FILE_ICON)


def names_in_sprite() -> frozenset[str]:
    """The icons that pages can show."""
    return frozenset(_ID.findall(SPRITE.read_text(encoding="utf-8")))


def names_in_use(templates: Path = TEMPLATES, package: Path = PACKAGE) -> set[str]:
    """The icons that templates, views and the tables above name."""
    named = {*KIND_ICONS.values(), *FILE_ICONS.values(), ANY_FILE_ICON}
    for path in sorted(templates.rglob("*.html")):
        named.update(_named_in_template(path.read_text(encoding="utf-8")))
    for path in sorted(package.rglob("*.py")):
        named.update(_named_in_code(path.read_text(encoding="utf-8")))
    return named


def cut(names: Iterable[str]) -> str:
    """A sprite of exactly these icons.

    Raises:
        LookupError: Bootstrap has no icon of that name.
    """
    drawn = {name: (box, body) for box, name, body in _SYMBOL.findall(SOURCE.read_text(encoding="utf-8"))}
    wanted = sorted(set(names))
    if unknown := [name for name in wanted if name not in drawn]:
        raise LookupError(f"Bootstrap has no icon called {', '.join(unknown)}.")
    symbols = "\n".join(f'<symbol id="{name}" viewBox="{drawn[name][0]}">{drawn[name][1]}</symbol>' for name in wanted)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def _named_in_template(source: str) -> Iterator[str]:
    for node in Environment(autoescape=True).parse(source).find_all(nodes.Node):
        for value in _icon_values(node):
            yield from _texts(value)


def _icon_values(node: nodes.Node) -> list[nodes.Expr]:
    """The expressions that say which icon, where `node` is one of the ways to name one."""
    match node:
        case nodes.Call(node=nodes.Name(name="icon")):
            return node.args[:1]
        case nodes.Keyword(key="icon") | nodes.Pair(key=nodes.Const(value="icon")):
            return [node.value]
        case nodes.Keyword(key="icons", value=nodes.Dict(items=pairs)):
            return [pair.value for pair in pairs]
        case nodes.Macro():
            named = zip(reversed(node.args), reversed(node.defaults), strict=False)
            return [default for argument, default in named if argument.name == "icon"]
    return []


def _texts(value: nodes.Expr) -> Iterator[str]:
    """The names an expression can come to: each text in it that is not part of a condition."""
    if isinstance(value, nodes.CondExpr):
        yield from _texts(value.expr1)
        if value.expr2 is not None:
            yield from _texts(value.expr2)
    elif isinstance(value, nodes.Or):
        yield from _texts(value.left)
        yield from _texts(value.right)
    elif isinstance(value, nodes.Const) and isinstance(value.value, str) and value.value:
        yield value.value


def _named_in_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.keyword(arg="icon", value=ast.Constant(value=str(name))):
                yield name


def main() -> None:
    """Write the sprite anew."""
    SPRITE.write_text(cut(names_in_use()), encoding="utf-8")


if __name__ == "__main__":
    main()
