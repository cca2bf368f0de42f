"""What requests cost: how many there were and how long they took, for a monitoring server to read.

Labels are route templates, methods and statuses – never an address, an id or a name, and never more than there are routes.
Where `PROMETHEUS_MULTIPROC_DIR` names a folder, as `./dev serve` does, the figures of all web processes are added up.
"""

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from portal.web.assets import ENDPOINT as ASSET

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})  # a stranger may send any word
_EXTENSION = "metrics"


def init_metrics(app: Flask) -> None:
    """Count every request of `app` from now on, but those for static files. Comes first: what follows is in the time."""
    registry = CollectorRegistry()
    requests = Counter("portal_requests", "Requests answered", ("route", "method", "status"), registry=registry)
    seconds = Histogram("portal_request_seconds", "Time until the answer", ("route",), buckets=SECONDS, registry=registry)
    app.extensions[_EXTENSION] = registry

    @app.before_request
    def _begin() -> None:
        g.begun = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        if request.endpoint != ASSET:
            route = request.url_rule.rule if request.url_rule else "none"
            method = request.method if request.method in _METHODS else "other"
            requests.labels(route, method, str(response.status_code)).inc()
            if "begun" in g:
                seconds.labels(route).observe(time.perf_counter() - g.begun)
        return response


def requests_counted(app: Flask) -> bytes:
    """The figures as text in the format of Prometheus."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        own: CollectorRegistry = app.extensions[_EXTENSION]
        return generate_latest(own)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
