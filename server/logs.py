"""Structured logs of every process: one JSON object a line on standard error, static event text plus fields."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from typing import Any

import structlog

# No letters or digits that are mistaken for one another when read out over a telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


# What stands behind /agenda/ is somebody's secret, whole or mistyped.
SECRET_ADDRESS = re.compile(r"/agenda/(?!subscribe(?![\w.]))[^\s?]+", re.IGNORECASE)


def configure_logs() -> None:
    """Send our logs, and warnings of the libraries, to standard error; safe to call again."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    structlog.configure(
        processors=shared,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def incident_code() -> str:
    """A short name for one failure, shown on the screen and written in the log: 'SC-7F3AKM'."""
    return "SC-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


def report_incident(event: str, error: BaseException, **fields: Any) -> str:
    """Log an unexpected error with its traceback; returns the incident code that finds it again."""
    code = incident_code()
    structlog.get_logger().error(event, incident=code, exc_info=error, **fields)
    return code


def shown_path(path: str) -> str:
    """A path as it may stand in a log: an address that is a secret is masked."""
    return SECRET_ADDRESS.sub("/agenda/***", path)


def mask_record(record: logging.LogRecord) -> bool:
    """A filter for loggers of libraries, which write paths as they were asked."""
    record.msg, record.args = shown_path(record.getMessage()), None
    return True
