"""The application: configuration, mounting, commands. No rules."""

import datetime as dt
import gc
import signal
import sys
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import structlog
import waitress
from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import demo, wiring
from portal.accounts.cli import account, init
from portal.accounts.queries import identity_question
from portal.accounts.security import init_accounts
from portal.accounts.views import bp as accounts
from portal.activity.cli import audit_commands
from portal.activity.views import bp as activity
from portal.activity.work import Desk
from portal.admin.views import bp as admin
from portal.annexes.views import bp as annexes
from portal.announcements.panels import Board
from portal.announcements.queries import marks
from portal.announcements.views import bp as announcements
from portal.approvals.views import bp as approvals
from portal.board.views import bp as board
from portal.collaborations.views import bp as collaborations
from portal.emergencies.views import bp as emergencies
from portal.files.actions import Sweeper
from portal.files.scanning import Scanner
from portal.files.store import Store
from portal.files.views import bp as files
from portal.files.views import init_files
from portal.imports.actions import Clearing
from portal.imports.background import Runner
from portal.imports.cli import import_command
from portal.imports.views import bp as imports
from portal.imports.views import init_imports
from portal.insights.views import bp as insights
from portal.kernel.db import Database
from portal.kernel.settings import Settings, load
from portal.kernel.worker import Timed, Worker, running
from portal.listings.search import SEARCHED
from portal.listings.views import bp as listings
from portal.mergers.views import bp as mergers
from portal.notifications.actions import queue_mail
from portal.notifications.delivery import Sender
from portal.notifications.queries import unread_count
from portal.notifications.views import bp as notifications
from portal.notifications.wording import Composer
from portal.operations.cli import export_command, restore_command, retention_command
from portal.operations.views import bp as operations
from portal.organisations.models import Membership, Organisation
from portal.organisations.views import bp as organisations
from portal.people.views import bp as people
from portal.proposals.views import bp as proposals
from portal.questionnaires.views import bp as questionnaires
from portal.questions.views import bp as questions
from portal.search.cli import search as search_commands
from portal.search.indexing import ensure_all, indexer
from portal.search.shelves import shelves_of
from portal.search.tallying import Notepad, Tallying
from portal.search.views import bp as search
from portal.search.watching import Watcher
from portal.threads.views import bp as threads
from portal.web.assets import init_assets
from portal.web.caching import KeptPages
from portal.web.database import database_of, init_database
from portal.web.display import init_display
from portal.web.errors import init_errors
from portal.web.filters import init_filters
from portal.web.fixed import ByLanguage
from portal.web.guards import ReferenceConverter
from portal.web.headers import init_headers
from portal.web.limits import init_limits
from portal.web.logs import init_logs
from portal.web.metrics import init_metrics
from portal.web.pages import init_pages
from portal.web.panels import init_panels
from portal.web.schema import init_schema, upgrade
from portal.web.words import init_words
from portal.writing.views import bp as writing

_log = structlog.get_logger(__name__)
FEATURES = (
    accounts, organisations, people, listings, annexes, questionnaires, questions, proposals, collaborations,
    approvals, threads, files, writing, imports, activity, notifications, search, admin, announcements, mergers, emergencies,
    board, operations, insights,
)  # fmt: skip
LOCAL_HOSTS = ("localhost", "127.0.0.1")


def create_app(settings: Settings | None = None) -> Flask:
    """A ready application on `settings` (default: those in force for this process)."""
    settings = settings or load()
    wiring.connect()
    app = Flask("portal", template_folder="../templates", static_folder=None)
    app.jinja_environment = ByLanguage
    app.config.update(_configuration(settings))
    app.extensions["settings"] = settings
    app.url_map.converters["ref"] = ReferenceConverter
    init_logs()
    init_metrics(app)
    init_errors(app)
    init_headers(app)
    database = Database(settings.database, durable=settings.durable)
    init_database(app, database)
    init_schema(app, database)
    init_words(app)
    init_filters(app)
    init_assets(app)
    init_limits(app, enabled=settings.rate_limits)
    identity = identity_question(Membership.__table__, Organisation.__table__, unread_count)
    init_accounts(app, identity, send_mail=queue_mail, actor_for=wiring.actor_for, weighty=wiring.WEIGHTY)
    CSRFProtect(app).exempt("portal.notifications.views.stop")  # mail programs press it; the link says for whom
    Compress(app)
    init_panels(app, wiring.PANELS)
    kept = Store(settings.instance / "files", limit_bytes=settings.file_limit_mb * 1_000_000)
    init_files(app, kept, scans=bool(settings.scan_command))
    init_imports(app, Store(settings.instance / "uploads", limit_bytes=settings.file_limit_mb * 1_000_000), wiring.UPLOADS)
    _tell_engines(app, settings)
    app.extensions["commands"] = main
    _init_frame(app, settings)
    app.extensions["kept_pages"] = KeptPages()
    init_display(app)
    for blueprint in FEATURES:
        app.register_blueprint(blueprint)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    return app


def worker_of(app: Flask) -> Worker:
    """What works beside the requests of `app`: on a thread of the embedded server, or as `portal worker`."""
    settings: Settings = app.extensions["settings"]
    write = Composer(
        wiring.NOTICES, wiring.actor_for, lambda name, values: app.jinja_env.get_template(name).render(values), settings
    )
    watcher = Watcher(app.extensions["index"], SEARCHED, wiring.actor_for)
    uploads = app.extensions["uploads"]
    tallying = Tallying(app.extensions["searches"], SEARCHED)
    timed: tuple[Timed, ...] = (*wiring.TIMED, Sweeper(app.extensions["files"]), Clearing(uploads), watcher, tallying)
    scanner = Scanner(app.extensions["files"], settings.scan_command)
    jobs = (Runner(wiring.UPLOADS, uploads, wiring.actor_for), scanner)
    return Worker(database_of(app), app.extensions["subscribers"], timed, Sender(settings, write), jobs)


def settle() -> None:
    """Tell the garbage collector that what is there now stays: it otherwise looks through all of it during requests."""
    gc.collect()
    gc.freeze()


def serve_embedded(app: Flask, host: str, port: int) -> None:
    """Serve `app` from this process until interrupted, with the worker on a thread beside it unless one runs elsewhere."""
    settle()
    with running(worker_of(app)) if app.extensions["settings"].worker_thread else nullcontext():
        waitress.serve(app, host=host, port=port, threads=8, _quiet=True)


def _init_frame(app: Flask, settings: Settings) -> None:
    """What stands around every page."""
    init_pages(
        app,
        navigation=wiring.NAVIGATION,
        badges=app.extensions["desk"].badges,
        strips=lambda *asked: app.extensions["board"].strips(*asked),
        demo=settings.demo,
        name=settings.portal_name,
    )


def _tell_engines(app: Flask, settings: Settings) -> None:
    """What the engines may know of the features, where views and commands find it."""
    shelves = shelves_of(settings, database_of(app), SEARCHED, wiring.findables(main))
    app.extensions["shelves"] = shelves
    app.extensions["index"] = shelves[0].index
    app.extensions["searched"] = SEARCHED
    app.extensions["findables"] = [(each.indexed, each.index) for each in shelves[1:]]
    app.extensions["references"] = wiring.REFERENCES
    app.extensions["searches"] = Notepad(settings.instance)
    app.extensions["desk"] = Desk(wiring.SOURCES, unread_count, marks, wiring.works)
    app.extensions["board"] = Board()
    app.extensions["actor_for"] = wiring.actor_for
    app.extensions["notices"] = wiring.NOTICES
    app.extensions["topics"] = wiring.TOPICS
    app.extensions["ties"] = wiring.TIES
    app.extensions["personal"] = wiring.PERSONAL
    app.extensions["subscribers"] = (indexer(app.extensions["shelves"]), *wiring.SUBSCRIBERS)
    app.extensions["flows"] = {flow.name: flow for flow in wiring.FLOWS}


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.old_secret_keys),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.secure_cookies else "session",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": dt.timedelta(days=7),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 1_000_000,
        "MAX_FORM_PARTS": 1_000,
        "PERSONAS": demo.personas() if settings.demo else (),
        "TRUSTED_HOSTS": _hosts(settings),
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_ALGORITHM": ["zstd", "br", "gzip"],
        "COMPRESS_BR_LEVEL": 1,
        "COMPRESS_ZSTD_LEVEL": 1,
        "COMPRESS_LEVEL": 1,
    }


def _hosts(settings: Settings) -> list[str]:
    """The names the portal answers to; the names of this machine stand for one another."""
    own = urlsplit(settings.base_url).hostname or ""
    local = LOCAL_HOSTS if settings.demo or own in LOCAL_HOSTS else ()
    return list(dict.fromkeys((own, *settings.trusted_hosts, *local)))


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """The portal's commands."""
    context.obj = create_app  # for the commands of features, which must not import this module


main.add_command(init)
main.add_command(audit_commands)
main.add_command(account)
main.add_command(search_commands)
main.add_command(import_command(wiring.OFFERS))
main.add_command(export_command)
main.add_command(restore_command)
main.add_command(retention_command)


@main.command("demo")
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", default=8000, help="Port to listen on.")
@click.option("--allow-anyone-in", is_flag=True, help="Listen on another address than this machine's own, without passwords.")
def demo_command(host: str, port: int, allow_anyone_in: bool) -> None:
    """The portal with invented people and real listings, to be tried with one click each."""
    if host not in LOCAL_HOSTS and not allow_anyone_in:
        raise click.UsageError(f"Everybody who reaches {host} could be anybody here. Say --allow-anyone-in if that is meant.")
    settings = load(demo=True, instance=Path("instance/demo"), base_url=f"http://{host}:{port}", durable=False)
    if not settings.database_url:
        demo.recall(settings.instance)
    app = create_app(settings)
    upgrade(app)
    played = not demo.is_filled(database_of(app))
    if played:
        with click.progressbar(length=demo.TASKS, label="Playing two years of invented work", file=sys.stderr) as bar:
            demo.fill(database_of(app), settings.instance, progress=lambda done: bar.update(1))
    ensure_all(database_of(app), app.extensions["shelves"])
    if played and not settings.database_url:
        demo.keep(settings.instance)
    click.echo(demo.WELCOME.format(base_url=app.extensions["settings"].base_url))
    serve_embedded(app, host, port)


@main.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the newest schema."""
    upgrade(create_app())
    click.echo("The database is up to date.")


@main.command("worker")
def worker_command() -> None:
    """Read the log, send mails and make timed moves until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    app = create_app()
    try:
        ensure_all(database_of(app), app.extensions["shelves"])
    except DBAPIError as problem:  # a database that is away or has no schema yet: what follows tries again and again
        _log.error("index_not_looked_at", exc_info=problem)
    worker_of(app).run(stop)
