"""The notebooks run from their first cell to their last and say what they are kept with, and the
examples of the documents hold. STOCKTAKE_NOTEBOOKS is a folder to write them into, anew."""
import copy
import doctest
import os
import warnings
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1]


def texts(book):
    """What the cells say."""
    return [(cell.source, [output.get("text", output.get("data", {}).get("text/plain"))
                           for output in cell.get("outputs", [])]) for cell in book.cells]


@pytest.mark.parametrize("path", sorted((FOLDER / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebook(path, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    kept, metadata = copy.deepcopy(book), copy.deepcopy(book.metadata)
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", record_timing=False,
                            resources={"metadata": {"path": tmp_path}}).execute()
    if "STOCKTAKE_NOTEBOOKS" in os.environ:
        book.metadata = metadata
        nbformat.write(book, Path(os.environ["STOCKTAKE_NOTEBOOKS"], path.name))
    else:
        assert texts(kept) == texts(book)
    shown = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert len(shown) >= 5 and not any(one.output_type == "error" for one in shown)
    assert any("image/png" in one.get("data", {}) for one in shown)


def test_examples(source, tmp_path, monkeypatch):
    """The examples of docs/python.md, one after the other, as a reader types them."""
    for name, file in (("scenarios.csv", "scenario/data/ex2_input.csv"),
                       ("ssp245.csv", "climate/data/ssp245_emissions.csv")):
        (tmp_path / name).write_bytes((source / "tests" / file).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "agg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        failed, tried = doctest.testfile(str(source / "docs/python.md"), module_relative=False,
                                         optionflags=doctest.ELLIPSIS)
    assert tried > 30 and failed == 0
