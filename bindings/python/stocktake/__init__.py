"""What the world's climate pledges add up to: the program ``stocktake`` as a library.

Functions are named as the questions of the command, options as its options with ``_`` for ``-``.
They ask a session of the edition in the package; :class:`Session` is for options that hold for
many questions, for another edition, and for what is supposed.
"""
from __future__ import annotations

import functools
import sys
import threading
from pathlib import Path
from typing import Any, Callable

try:
    import _cffi_backend  # noqa: F401
except ImportError:  # then the one in the package, of the Python that built it
    _folder = Path(__file__).with_name("_backend")
    sys.path.append(str(_folder))
    try:
        import _cffi_backend  # noqa: F401
    except ImportError as error:
        raise ImportError("stocktake needs the package cffi here: it carries the backend of one "
                          f"Python, {', '.join(file.name for file in _folder.glob('*.so'))}, "
                          f"and this is {sys.version.split()[0]}") from error
    finally:
        sys.path.remove(str(_folder))

from ._stocktake import lib
from . import scenario
from .climate import Ensemble, Run
from .errors import (ArgumentError, DataError, DomainError, FileError, LeftOut, Refusal, UnitError,
                     UnknownError, text as _text)
from .result import Document, Table
from .session import Session

__version__ = _text(lib.stk_version())
_own = threading.local()


def _question(method: Callable[..., Any]) -> Callable[..., Any]:
    """A question to the thread's own session, or to one of another edition for this once."""

    @functools.wraps(method)
    def ask(*operands: Any, edition: Any = None, pledges: Any = None, **options: Any) -> Any:
        if edition is not None or pledges is not None:
            return method(Session(edition, pledges=pledges), *operands, **options)
        if not hasattr(_own, "session"):
            _own.session = Session()
        return method(_own.session, *operands, **options)

    return ask


assess = _question(Session.assess)
chart = _question(Session.chart)
country = _question(Session.country)
data = _question(Session.data)
fairness = _question(Session.fairness)
finance = _question(Session.finance)
gap = _question(Session.gap)
history = _question(Session.history)
pathways = _question(Session.pathways)
quantify = _question(Session.quantify)
report = _question(Session.report)
targets = _question(Session.targets)
timeline = _question(Session.timeline)
warming = _question(Session.warming)
