"""Log lines: what happened, where, in which request. Never to whom: no address, name or value stands in one.

On a terminal they are plain, elsewhere JSON. What a line may hold: docs/reference/logs.md.
"""

import linecache
import logging
import logging.config
import re
import sys
import threading
import warnings
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO, TypeAlias

import structlog
from structlog.stdlib import ProcessorFormatter

from shelterbelt.core.environment import ROOT

Line: TypeAlias = MutableMapping[str, Any]

OURS = "shelterbelt"
LEVELS = ("debug", "info", "warning", "error", "critical")
LEFT_OUT = "(left out)"
_ADDRESS = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}|\b\d{1,3}(?:\.\d{1,3}){3}\b")
_PACKAGES = "site-packages/"
_OURS_AT_MOST, _LAST = 12, 2
"""So many steps of a failure's way are told: of our own, and the last of all."""

# Libraries build these messages as they go, and so they can't be told from data. What they are about is known.
_KNOWN = {
    "django.request": "request failed",
    "django.security.csrf": "form refused: no valid token",
    "django.security.DisallowedHost": "request refused: unknown host name",
    "django.security.RequestDataTooBig": "request refused: too large",
    "django.security.TooManyFieldsSent": "request refused: too many fields",
    "django.security.TooManyFilesSent": "request refused: too many files",
}

_within: ContextVar[dict[str, Any]] = ContextVar("within", default={})  # noqa: B039  replaced, never changed


@contextmanager
def within(**pairs: Any) -> Iterator[None]:
    """Add these pairs, such as the request's number, to every line that is written inside."""
    token = _within.set({**_within.get(), **pairs})
    try:
        yield
    finally:
        _within.reset(token)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose lines are a fixed sentence and pairs: `log.info("mailed", reminder=3)`."""
    found: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return found


# --- setting up


def settings(level: str, *, terminal: bool) -> dict[str, Any]:
    """Django's LOGGING. Nobody is mailed about errors: a mail would carry what the request held."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}.formatter", "terminal": terminal}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": level.upper()},
            # What Django says of requests below an error stands in our line of the request already.
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
            "_granian": {"handlers": [], "level": "ERROR", "propagate": True},
            "granian.access": {"handlers": [], "level": "CRITICAL"},
        },
    }


def set_up(logging_settings: dict[str, Any]) -> None:
    """Make every logger of this process write our lines (Django's LOGGING_CONFIG)."""
    logging.config.dictConfig(logging_settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def formatter(*, terminal: bool) -> logging.Formatter:
    """Makes a line of a record, whoever wrote it."""
    drawn: Any = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(ensure_ascii=False)
    return ProcessorFormatter(
        foreign_pre_chain=[_without_data, structlog.stdlib.add_logger_name, structlog.stdlib.add_log_level],
        processors=[
            _inside,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _failure,
            ProcessorFormatter.remove_processors_meta,
            _without_addresses,
            drawn,
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def say_nothing_of_data() -> None:
    """Have what nobody caught told in our lines as well: a traceback's last line holds values."""
    if not structlog.is_configured():
        set_up(settings("info", terminal=sys.stderr.isatty()))
    logging.raiseExceptions = False  # a line that can't be made is lost; telling why would show its values
    sys.excepthook = _uncaught
    threading.excepthook = lambda caught: _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)
    sys.unraisablehook = lambda caught: _uncaught(caught.exc_type, caught.exc_value, caught.exc_traceback)
    warnings.showwarning = _warned


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, (SystemExit, KeyboardInterrupt)):
        return
    logger(f"{OURS}.uncaught").critical("stopped by an error", exc_info=(kind, error, trace))


def _warned(
    message: Warning | str,  # noqa: ARG001  may hold values
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001  the signature is Python's
    line: str | None = None,  # noqa: ARG001
) -> None:
    logger(f"{OURS}.warned").warning("Python warns", kind=category.__name__, place=f"{_short(filename)}:{lineno}")


# --- what becomes of a record


def _without_data(_logger: Any, _level: str, line: Line) -> Line:
    """A library's sentence stays if it stands like that in its source; values and sentences made of values go."""
    record, values = line["_record"], line.pop("positional_args", ())
    if record.name.split(".", 1)[0] == OURS:  # we choose with care what we say
        line["event"] = str(record.msg) % values if values else str(record.msg)
    elif record.name in _KNOWN:
        line["event"] = _KNOWN[record.name]
    elif not _stands_in_source(record):
        line["event"] = _action(record) or LEFT_OUT
        line["place"] = f"{_short(record.pathname)}:{record.lineno}"
    return line


def _action(record: logging.LogRecord) -> str:
    """What the queue calls what it did: one of its own fixed words."""
    word = getattr(record, "action", None)
    return f"queue: {word}" if isinstance(word, str) and word.isidentifier() else ""


def _stands_in_source(record: logging.LogRecord) -> bool:
    lines = linecache.getlines(record.pathname)[record.lineno - 1 : record.lineno + 5]
    return bool(record.msg) and str(record.msg) in "".join(lines)


def _inside(_logger: Any, _level: str, line: Line) -> Line:
    """The request or job in which it happened."""
    for name, value in _within.get().items():
        line.setdefault(name, value)
    return line


def _failure(_logger: Any, _level: str, line: Line) -> Line:
    """An exception by its kind and its way, and never by its words, which hold what somebody typed."""
    line.pop("stack_info", None)
    caught = line.pop("exc_info", None)
    error = caught[1] if isinstance(caught, tuple) else caught
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        line.update(told(error))
    return line


def told(error: BaseException) -> dict[str, Any]:
    """What may be said of an exception."""
    causes = list(_causes(error))
    found: dict[str, Any] = {"error": type(error).__name__, "way": way(error.__traceback__)}
    if causes:
        found["because"] = [type(cause).__name__ for cause in causes]
    for each in (error, *causes):
        rule = getattr(getattr(each, "diag", None), "constraint_name", None)
        if rule:  # the name of a rule of ours; the row that broke it isn't told
            found["constraint"] = rule
    return found


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error)}
    cause = error.__cause__ or error.__context__
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def way(trace: TracebackType | None) -> list[str]:
    """The calls that led to an exception, our own and the last: file, line and function, without what they held."""
    steps = []
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    ours = [step for step in steps[:-_LAST] if step.startswith(f"{OURS}/")]
    return [*ours[-_OURS_AT_MOST:], *steps[-_LAST:]]


def _short(path: str) -> str:
    if _PACKAGES in path:
        return path.rsplit(_PACKAGES, 1)[1]
    return path.removeprefix(f"{ROOT}/") if path.startswith(str(ROOT)) else Path(path).name


def _without_addresses(_logger: Any, _level: str, line: Line) -> Line:
    """The last net: whatever looks like the address of a person or a machine is taken out. The event comes first."""
    for name, value in line.items():
        if isinstance(value, str) and ("@" in value or value.count(".") >= 3):
            line[name] = _ADDRESS.sub(LEFT_OUT, value)
    first = {name: line.pop(name) for name in ("at", "level", "event")}
    return first | dict(line)
