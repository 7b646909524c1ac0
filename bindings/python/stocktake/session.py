"""A session: an edition that stays open, options, what is supposed, and questions."""
from __future__ import annotations

import datetime
import os
from typing import Any, Iterable, Optional, Union

import pandas as pd

from . import live, words
from ._stocktake import lib
from .errors import ArgumentError, Refusal
from .handle import Handle, Progress
from .result import Answer, Document, Page, Picture, Table, as_file

class Session:
    """An edition of the data with options and what is supposed.

    Options are those of the command, with ``_`` for ``-``: they hold for all questions that have
    them, and can be given with a question for this once.

    :param edition: a folder laid out as the project's ``data/``, or a packed file; None: the one
        that is in the package
    :param what_if: what is supposed, as ``what_if()`` takes it; a text or several
    :param pledges: a file of documents that are laid over the edition's
    """

    def __init__(self, edition: Union[None, str, "os.PathLike[str]"] = None, *,
                 what_if: Any = None, pledges: Any = None, **options: Any) -> None:
        self._handle = Handle(None if edition is None else words.encode(os.fspath(edition)))
        self._edition = edition
        self._options: dict[str, str] = {}
        self._supposed: list[str] = []
        for path in words.several(pledges):
            self.pledges(path)
        self.set(**options)
        self.what_if(what_if)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        parts = [f"{name.replace('-', '_')}={one!r}" for name, one in self._options.items()]
        parts += [f"what_if={one!r}" for one in self._supposed]
        return f"Session({', '.join(parts)})"

    def __reduce__(self) -> Any:
        raise TypeError("a session cannot be copied into another process: open one there, or fork")

    def close(self) -> None:
        """Free what is open; the session refuses questions then."""
        self._handle.close()

    # ---- options and what is supposed ----

    def set(self, **options: Any) -> "Session":
        """Set options; None: the default."""
        for name, given in options.items():
            key = name.rstrip("_").replace("_", "-")
            pairs = list(words.options({key: given}))
            value = pairs[0][1] if pairs else None
            self._handle.call(lib.stk_session_set, key, value)
            self._options.pop(key, None)
            if value is not None:
                self._options[key] = value
        return self

    @property
    def options(self) -> dict[str, str]:
        """Options that were set, by the names of the command."""
        return dict(self._options)

    @property
    def known_until(self) -> Optional[datetime.date]:
        """The newest day of a document, of the edition or laid over it: what came later is in no
        answer. None where there is none."""
        day = self._handle.known_until()
        return datetime.date.fromisoformat(day) if day else None

    def what_if(self, supposed: Union[None, str, Iterable[str]]) -> "Session":
        """Suppose ``"IND 2035=3000Mt"``, ``"G20 2035=-10%"`` or ``"IND net-zero=2060"``, or several.
        """
        for one in words.several(supposed):
            self._handle.call(lib.stk_session_what_if, one)
            self._supposed.append(one)
        return self

    def target(self, area: str, target: str) -> "Session":
        """Suppose a target: ``"2035=3500Mt"``, ``"2035=-60%@2005"``."""
        self._handle.call(lib.stk_session_target, words.encode(area), words.encode(target))
        self._supposed.append(f"{area} {target}")
        return self

    def net_zero(self, area: str, year: Optional[int]) -> "Session":
        """Suppose a net-zero year in law; None: none."""
        if year is not None and (isinstance(year, (str, bytes)) or year != year
                                 or year != int(year) or not 0 < year < 10000):
            raise ArgumentError(f"the year {year!r} is refused; allowed: a year such as 2060, or None")
        self._handle.call(lib.stk_session_net_zero, words.encode(area), int(year or 0))
        self._supposed.append(f"{area} net-zero={'none' if year is None else int(year)}")
        return self

    def pledge(self, iso3: str, yaml: str) -> "Session":
        """Lay documents of one Party over the edition's: YAML as in the edition's ``pledges/``."""
        self._handle.call(lib.stk_session_pledge, words.encode(iso3), words.encode(yaml))
        return self

    def pledges(self, path: Union[str, "os.PathLike[str]"]) -> "Session":
        """Lay the documents of a file over the edition's."""
        self._handle.call(lib.stk_session_pledges_read, os.fspath(path))
        return self

    def reset(self, area: Optional[str] = None) -> "Session":
        """Take back what was supposed for an area; None: everything."""
        self._handle.call(lib.stk_session_reset, None if area is None else words.encode(area))
        kept = [] if area is None else [s for s in self._supposed if not s.startswith(area + " ")]
        self._supposed = kept
        return self

    # ---- live numbers ----

    def array(self, name: str, labels: bool = False) -> Any:
        """An array that follows what is supposed, as NumPy has it: ``array("gap")``.

        Only what has changed is computed again, so that it is quicker than a question.

        :param name: one of :data:`stocktake.live.ARRAYS`, which has dimensions and units
        :param labels: as ``xarray.DataArray``
        """
        return live.array(self._handle, name, labels)

    # ---- questions ----

    def ask(self, question: str, *operands: Any, format: Optional[str] = None,
            progress: Progress = None, **options: Any) -> bytes:
        """The bytes that the command writes: ``ask("gap", format="csv", year=2035)``.

        :param progress: True for a line on the terminal, or a function of the share that is done,
            where the ensemble is run many times; Ctrl-C ends these
        """
        return self._handle.ask(words.question(question, operands, options), format, progress)[0]

    def _answer(self, kind: Any, name: str, operands: tuple[Any, ...],
                options: dict[str, Any], kept: Any = None) -> Any:
        progress = options.pop("progress", None)
        asked = Answer(self._handle, words.question(name, operands, options), name,
                       {**self._options, **dict(words.options(options))}, list(self._supposed),
                       kept=kept)
        return kind.of(asked, progress)

    def gap(self, year: Optional[int] = None, **options: Any) -> Table:
        """World level, benchmark and gap, a row for each case of the pledges."""
        return self._answer(Table, "gap", (), {"year": year, **options})

    def targets(self, area: Any = None, **options: Any) -> Table:
        """Quantified targets, a row each. ``party`` is another name of ``area``."""
        return self._answer(Table, "targets", (), {"area": options.pop("party", area), **options})

    def assess(self, **options: Any) -> Document:
        """The assessment: ``gap``, ``world``, ``coverage``, ``warming`` and more, as frames."""
        return self._answer(Document, "assess", (), options)

    def country(self, area: Optional[str] = None, **options: Any) -> Document:
        """A Party or group: ``pathway``, ``documents``, ``profile``."""
        return self._answer(Document, "country", (area,), options)

    def history(self, area: Any = None, **options: Any) -> Table:
        """Past emissions, a row a year, or the largest changes."""
        return self._answer(Table, "history", (), {"area": area, **options})

    def pathways(self, area: Any = None, **options: Any) -> Table:
        """Annual pathways of the world, or of the areas of ``area``, 1990 to 2100."""
        return self._answer(Table, "pathways", (), {"area": area, **options})

    def warming(self, **options: Any) -> Document:
        """The warming of the pledges: ``cases``, and ``rows`` of percentiles."""
        return self._answer(Document, "warming", (), options)

    def timeline(self, start: Any = None, **options: Any) -> Table:
        """Level, gap and warming after every document. ``start`` is the option ``from``;
        ``progress`` as for :meth:`ask`."""
        if start is not None:
            options["from"] = start
        return self._answer(Table, "timeline", (), options)

    def quantify(self, data: Any, **options: Any) -> Table:
        """Levels of targets on inputs of one's own: a frame, a data set or the path of a CSV file.
        """
        path, folder = as_file(data)
        try:
            return self._answer(Table, "quantify", (path,), options, kept=folder)
        except Refusal as refused:
            if folder is None:
                raise
            folder.cleanup()
            row = f"row {refused.line - 2}: " if refused.line > 1 else ""
            raise type(refused)(row + refused.message) from None

    def fairness(self, area: Optional[str] = None, **options: Any) -> Document:
        """Fair shares of an area, or ratings of all Parties, in ``rows``."""
        return self._answer(Document, "fairness", (area,), options)

    def finance(self, area: Optional[str] = None, **options: Any) -> Document:
        """Climate finance: ``goals`` and what was delivered in ``rows``, or an area's shares."""
        return self._answer(Document, "finance", (area,), options)

    def chart(self, name: str, *operands: Any, format: str = "svg", **options: Any) -> Picture:
        """A chart as the report has it: ``chart("gap")``, ``chart("country", "BRA")``."""
        return Picture(self.ask("chart", name, *operands, format=format, **options), format)

    def report(self, path: Union[None, str, "os.PathLike[str]"] = None, **options: Any) -> Page:
        """The page with the figures and charts of an assessment; written to ``path`` if given."""
        page = Page(self.ask("report", path or "report.html", format="html", **options))
        if path is not None:
            page.save(path)
        return page

    def data(self, path: Union[str, "os.PathLike[str]"] = "sources.csv") -> pd.DataFrame:
        """A table of the edition; without a name its sources, versions, licences and citations."""
        name = os.fspath(path)
        if not name.endswith(".csv"):
            raise ArgumentError(f"{name!r} is no table of the edition; allowed: a name that ends in .csv")
        return self._handle.file(name)
