"""All settings, typed, in one place: defaults → `instance/config.toml` → environment (`PORTAL_…`).

An unknown or ill-typed key stops the start with a sentence that names it. Secrets are made on first start, mode 600.
"""

import dataclasses
import inspect
import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from portal.kernel.text import N_

SearchIn = Literal["whoosh", "postgres"]

_KEY_FILE = "secret_key"
ORCID = "orcid"  # the key of that provider
_PREFIX = "PORTAL_"
_WITH_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@\s]*@")  # an address that holds one, as of a database
_MEANING = re.compile(r"^ {4}(\w+): .*?  # (.+)$", re.MULTILINE)


class BadSetting(SystemExit):
    """A setting that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True)
class Provider:
    """Somebody else who says who people are, by OpenID Connect: a university, a company, ORCID."""

    key: str  # in addresses: small letters, digits and hyphens
    name: str  # on the button
    issuer: str  # its address, exactly as the provider writes it
    client_id: str
    client_secret: str = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        local = re.match(r"http://(localhost|127\.0\.0\.1)[:/]", self.issuer + "/")
        if not all(isinstance(value, str) and value for value in dataclasses.astuple(self)):
            raise TypeError
        if not re.fullmatch(r"[a-z0-9-]{1,40}", self.key) or not (self.issuer.startswith("https://") or local):
            raise ValueError


@dataclass(frozen=True)
class Settings:
    """One portal's settings. Field comments are shown on the operator's help page."""

    instance: Path = Path("instance")  # folder of database, index, files and secrets
    database_url: str = ""  # SQLAlchemy address; empty: SQLite in the instance folder
    search_backend: SearchIn = "whoosh"  # where the search index lies: whoosh, in the instance folder; postgres, in the database
    durable: bool = True  # SQLite waits for the disk at each commit
    base_url: str = "http://127.0.0.1:8000"  # how people reach the portal; used in mails
    trusted_hosts: tuple[str, ...] = ()  # other host names to answer to
    proxies: int = 0  # how many proxies in front set X-Forwarded-For
    portal_name: str = "Causeway"  # shown in the header and in mails
    time_zone: str = "Europe/Brussels"  # zone of people who chose none
    secret_key: str = dataclasses.field(default="", repr=False)  # signs cookies; empty: made on first start
    old_secret_keys: tuple[str, ...] = dataclasses.field(default=(), repr=False)  # still accepted while keys rotate
    secure_cookies: bool = False  # true behind TLS: cookies travel over https only
    mail_host: str = ""  # SMTP server; empty: mails wait in the outbox
    mail_port: int = 587  # port of the SMTP server; 465 means TLS from the first byte
    mail_tls: bool = True  # STARTTLS with certificate check
    mail_user: str = ""  # SMTP account
    mail_password: str = dataclasses.field(default="", repr=False)  # password of the SMTP account
    mail_sender: str = "causeway@localhost"  # From address
    file_limit_mb: int = 25  # largest single upload
    scan_command: str = ""  # a program that looks into each upload, which waits until it has; empty: none does
    worker_thread: bool = True  # the embedded server runs the worker too; false where one runs elsewhere
    demo: bool = False  # demonstration: one-click personas, invented people
    metrics_token: str = dataclasses.field(default="", repr=False)  # lets other machines read /metrics; empty: this machine only
    rate_limits: bool = True  # limit how often one may sign in, register, reset or look people up
    require_second_factor: bool = True  # of officers, signatories and administrators; not in the demonstration
    sign_in_with: tuple[Provider, ...] = dataclasses.field(default=(), repr=False)  # OpenID Connect: who else says who people are
    orcid_client_id: str = ""  # lets people link their ORCID iD and sign in with it; empty: not offered
    orcid_client_secret: str = dataclasses.field(default="", repr=False)  # what ORCID gave out with it
    orcid_issuer: str = "https://orcid.org"  # https://sandbox.orcid.org to try it out

    @property
    def database(self) -> str:
        """The address in force."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'portal.sqlite3'}"

    @property
    def asks_for_second_factor(self) -> bool:
        """Whether people with power over others need one: those of the demonstration have not even a password."""
        return self.require_second_factor and not self.demo

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Everybody who may say who people are, ORCID last."""
        if not self.orcid_client_id:
            return self.sign_in_with
        return (*self.sign_in_with, Provider(ORCID, "ORCID", self.orcid_issuer, self.orcid_client_id, self.orcid_client_secret))


@dataclass(frozen=True)
class Explained:
    """One setting as operators read of it; `default` is written as in `config.toml`."""

    name: str
    variable: str  # its name in the environment
    default: str
    meaning: str


@lru_cache(maxsize=1)
def explained() -> tuple[Explained, ...]:
    """Every setting with the comment beside it, in the order of the class."""
    meanings = dict(_MEANING.findall(inspect.getsource(Settings)))
    return tuple(
        Explained(f.name, f"{_PREFIX}{f.name.upper()}", json.dumps(f.default, default=str), meanings.get(f.name, ""))
        for f in dataclasses.fields(Settings)
    )


@dataclass(frozen=True)
class InForce:
    """One setting as it is now: its value as it may be shown – None for a secret – and whether that is not the default."""

    name: str
    value: str | None
    is_set: bool
    source: str
    meaning: str


def in_force(settings: Settings, environ: Mapping[str, str] | None = None) -> list[InForce]:
    """Every setting with where its value comes from. Secrets are never part of the answer."""
    filed = _from_file(settings.instance / "config.toml")
    environment = _from_environment(os.environ if environ is None else environ)
    found = []
    for each, told in zip(dataclasses.fields(Settings), explained(), strict=True):
        value = getattr(settings, each.name)
        if each.name in environment:
            source = N_("the environment")
        elif each.name in filed:
            source = N_("config.toml")
        elif value == each.default:
            source = N_("its default")
        else:
            source = N_("made on first start") if each.name == "secret_key" else N_("the command that started the portal")
        shown = _WITH_PASSWORD.sub(r"\1…@", json.dumps(value, default=str, ensure_ascii=False)) if each.repr else None
        found.append(InForce(each.name, shown, value != each.default, source, told.meaning))
    return found


def load(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings in force for this process; `given` wins over everything.

    Raises:
        BadSetting: a key is unknown, its value has the wrong type, or two do not go together.
    """
    environ = os.environ if environ is None else environ
    instance = Path(given.get("instance") or environ.get("PORTAL_INSTANCE") or "instance")
    values: dict[str, Any] = {"instance": instance}
    for source, pairs in (
        ("config.toml", _from_file(instance / "config.toml")),
        ("environment", _from_environment(environ)),
    ):
        for name, value in pairs.items():
            values[name] = _typed(name, value, source)
    values |= given
    values["instance"] = Path(values["instance"])
    if not values.get("secret_key"):
        values["secret_key"] = _secret(values["instance"])
    settings = Settings(**values)
    if settings.search_backend == "postgres" and not settings.database.startswith("postgresql"):
        raise BadSetting("Setting “search_backend” may be “postgres” only where “database_url” names a PostgreSQL database.")
    return settings


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSetting(f"{path} is not valid TOML: {problem}") from problem


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix(_PREFIX).lower(): value for name, value in environ.items() if name.startswith(_PREFIX)}


def _typed(name: str, value: Any, source: str) -> Any:
    fields = {f.name: f for f in dataclasses.fields(Settings)}
    if name not in fields:
        raise BadSetting(f"Unknown setting “{name}” in {source}. Known settings: {', '.join(sorted(fields))}.")
    kind = fields[name].type
    try:
        return _READ[str(getattr(kind, "__name__", kind)) if isinstance(kind, type) else str(kind)](value)
    except (ValueError, TypeError, KeyError):
        given = f", not “{value}”" if fields[name].repr else ""
        raise BadSetting(f"Setting “{name}” in {source} must be {_EXPECTED.get(str(kind), kind)}{given}.") from None


def _bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    return {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}[
        value.lower()
    ]


def _texts(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return tuple(_text(part).strip() for part in parts if part)


def _providers(value: Any) -> tuple[Provider, ...]:
    """Tables of `config.toml`, or the same as JSON in the environment."""
    found = tuple(Provider(**each) for each in (json.loads(value) if isinstance(value, str) else value))
    if len({one.key for one in found} | {ORCID}) <= len(found):
        raise ValueError
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _search_in(value: Any) -> SearchIn:
    if value not in get_args(SearchIn):
        raise ValueError
    found: SearchIn = value
    return found


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    return int(value)


_READ: dict[str, Any] = {
    "str": _text,
    "int": _whole,
    "bool": _bool,
    "tuple[str, ...]": _texts,
    f"tuple[{Provider.__module__}.{Provider.__qualname__}, ...]": _providers,
    str(SearchIn): _search_in,
    "Path": Path,
    "tuple": _texts,
}
_EXPECTED = {
    str(bool): "true or false",
    str(int): "a whole number",
    str(str): "text",
    str(SearchIn): " or ".join(get_args(SearchIn)),
    str(tuple[Provider, ...]): "tables with key, name, issuer (https), client_id and client_secret",
}


def _secret(instance: Path) -> str:
    """The key of this instance, made once; O_EXCL lets two processes that start together agree on one."""
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = instance / _KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key
