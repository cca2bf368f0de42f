"""Parts of pages that stay the same while the portal runs, worked out once instead of on each request.

Icons, addresses of static files and a template's own sentences are known when it is compiled, which happens once per
language. A footer is known after its first reader.
"""

import re
from collections.abc import Callable, MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask
from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import BaseLoader, Template
from jinja2 import Environment as AnyEnvironment
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from portal.web.filters import zone_name
from portal.web.words import current_locale

# Only the plain form: with a dash the braces also eat the space around them, which text cannot do.
_KNOWN = re.compile(r"""{{ (?:(icon)\("([\w-]+)"(?:, (\d+))?\)|(asset_url|_)\((["'])((?:(?!\5).)+)\5\)|(root)) }}""")

_METHODS = frozenset(dir(dict))


class _Unprefixed(BaseLoader):
    """The app's own loader, asked for `de:page.html` and giving it `page.html`."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(self, environment: AnyEnvironment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self._loader.get_source(environment, template.rpartition(":")[2])

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()


class _Whole(Template):
    """A template imports macros without its own values; that it has none but the application's need not be found out again."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class _Direct(Context):
    """Calls macros and plain functions, which are nearly all that templates call, without looking what they want to know."""

    def call(self, called: Any, /, *values: Any, **named: Any) -> Any:
        kind = type(called)
        if kind is not Macro and (kind is not FunctionType or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *values, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(self.eval_ctx, *values, **named) if kind is Macro else called(*values, **named)


class ByLanguage(Environment):
    """Compiles each template once per language. Set as `app.jinja_environment` before anything asks for `app.jinja_env`."""

    template_class = _Whole
    context_class = _Direct

    def __init__(self, app: App, **options: Any) -> None:
        loader = _Unprefixed(app.create_global_jinja_loader())
        super().__init__(app, **options, loader=loader, cache_size=-1, extensions=[Known])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A row that came as a dictionary gives its values at once: Jinja would look for a method first, and fail, at each."""
        if type(obj) is dict and attribute in obj and attribute not in _METHODS:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """`name` as compiled for the reader's language."""
        return super().get_template(f"{current_locale()}:{name}" if isinstance(name, str) else name, parent, globals)


class Known(Extension):
    """Writes into the template what `icon("flag", 15)`, `asset_url("page.js")`, `root` and `_("…")` come to.

    A sentence with parameters, or one whose translation Jinja could take for an instruction, stays as it is.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _KNOWN.sub(self._value, source) if name and name.endswith(".html") else source

    def _value(self, found: re.Match[str]) -> str:
        icon, drawn, size, function, _, argument, root = found.groups()
        say: Any = self.environment.globals.get(icon or function or root)
        value = say if root else say(drawn, int(size or 16)) if icon else say(argument)
        text = str(escape(value))
        return found[0] if "{" in text else text


def init_fixed(app: Flask) -> None:
    """Let templates say `still("layouts/footer.html", …)`."""
    kept: dict[tuple[object, ...], Markup] = {}

    def still(template: str, **values: bool) -> Markup:
        """`template`, rendered once per language, time zone and values. Never for what only one person may see."""
        key = (template, current_locale(), zone_name(), *values.values())
        if key not in kept:
            kept[key] = Markup(app.jinja_env.get_template(template).render(values))  # noqa: S704 - escaped by it
        return kept[key]

    app.jinja_env.globals["still"] = still
