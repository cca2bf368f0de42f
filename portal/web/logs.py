"""What the log says: one JSON object a line, on standard error. Never a value that somebody entered, never a secret.

A traceback names files, lines and the kind of error; no local variables, and no message, which may quote what was entered.
"""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog


def init_logs() -> None:
    """Write structured lines from now on, in this process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_it_failed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _where_it_failed(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace `exc_info` by the names of the errors, the last first, and the places the last came through."""
    problem = line.pop("exc_info", None)
    if isinstance(problem, BaseException):
        line["failed_at"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)]
        line["errors"] = [type(one).__qualname__ for one in _chain(problem)]
    return line


def _chain(problem: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while problem is not None and problem not in found:
        found.append(problem)
        problem = problem.__cause__ or problem.__context__
    return found
