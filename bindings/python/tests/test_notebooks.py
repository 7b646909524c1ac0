"""The notebooks run from their first cell to their last, and the examples of the documents hold."""
import doctest
import warnings
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1]


@pytest.mark.parametrize("path", sorted((FOLDER / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebook(path, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert not any(cell.get("outputs") for cell in book.cells)
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3",
                            resources={"metadata": {"path": tmp_path}}).execute()
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
