"""What programs ask about the health of the portal, and what its administrators may see of its settings."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, render_template
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from portal.kernel.policy import ADMIN
from portal.kernel.settings import in_force
from portal.kernel.text import N_, Words
from portal.operations.queries import Problem, kept_too_long, lags, problems_in_database, problems_on_disk, waiting
from portal.web.guards import machine, only, public
from portal.web.metrics import CONTENT_TYPE, requests_counted
from portal.web.schema import newest_revision
from portal.web.words import gettext

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def healthz() -> Any:
    """The process answers; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> Any:
    """Everything a page may need works; otherwise 503 and what does not."""
    found = _problems()
    told = {problem.part: gettext(problem.why) for problem in found}
    return jsonify(ready=not found, problems=told), 503 if found else 200


@bp.get("/metrics")
@machine
def metrics() -> Any:
    """Figures of requests and queues in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Queues())
    return Response(requests_counted(current_app) + generate_latest(registry), content_type=CONTENT_TYPE)


@bp.get("/admin/settings")
@only(ADMIN)
def settings() -> Any:
    """Every setting as it is in force, and where its value comes from."""
    return render_template("operations/settings.html", settings=in_force(current_app.extensions["settings"]))


@bp.get("/admin/retention")
@only(ADMIN)
def retention() -> Any:
    """What is kept for longer than promised, counted."""
    return render_template("operations/retention.html", kept=kept_too_long(g.db))


def _readers() -> list[str]:
    return [subscriber.name for subscriber in current_app.extensions["subscribers"]]


def _problems() -> list[Problem]:
    found = list(problems_in_database(g.db, newest_revision(current_app), _readers()))
    if not all(shelf.index.health().ok for shelf in current_app.extensions["shelves"]):
        found.append(Problem("index", Words(N_("The search index cannot be read. Run: portal search rebuild"))))
    return [*found, *problems_on_disk(current_app.extensions["settings"].instance)]


class _Queues(Collector):
    """What waits right now, worked out when it is asked for."""

    def collect(self) -> Iterable[Metric]:
        behind = GaugeMetricFamily("portal_reader_facts_behind", "Facts a reader of the log has before it", labels=("reader",))
        late = GaugeMetricFamily("portal_reader_seconds_behind", "Age of the oldest of them", labels=("reader",))
        failing = GaugeMetricFamily("portal_reader_failures", "Failures in a row", labels=("reader",))
        for lag in lags(g.db, _readers()):
            behind.add_metric((lag.reader,), lag.facts)
            late.add_metric((lag.reader,), lag.seconds)
            failing.add_metric((lag.reader,), lag.failures)
        now = waiting(g.db)
        outbox = GaugeMetricFamily("portal_outbox_mails", "Mails by state", labels=("state",))
        for state, number in now.mails.items():
            outbox.add_metric((str(state.value),), number)
        yield from (behind, late, failing, outbox)
        yield GaugeMetricFamily("portal_outbox_due_seconds", "How long the mail that is due longest waits", now.due_seconds)
        yield GaugeMetricFamily("portal_dead_letters", "Facts that nobody could handle and nobody settled", now.dead_letters)
        documents = GaugeMetricFamily("portal_index_documents", "What the search knows, by kind", labels=("kind",))
        size = GaugeMetricFamily("portal_index_bytes", "Size of the search index, by kind", labels=("kind",))
        for shelf in current_app.extensions["shelves"]:
            health = shelf.index.health()
            documents.add_metric((shelf.name,), health.documents)
            size.add_metric((shelf.name,), health.bytes)
        yield from (documents, size)
