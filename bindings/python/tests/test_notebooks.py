"""The notebooks run from their first cell to their last, and the examples of the documents hold."""
import doctest
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


def test_examples(source):
    """The examples of docs/python.md, one after the other, as a reader types them."""
    failed, tried = doctest.testfile(
        str(source / "docs/python.md"), module_relative=False,
        globs={"scenarios_csv": str(source / "tests/scenario/data/ex2_input.csv"),
               "emissions_csv": str(source / "tests/climate/data/ssp245_emissions.csv")},
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert tried > 20 and failed == 0
