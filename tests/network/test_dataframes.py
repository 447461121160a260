import sys
from dataclasses import dataclass
from datetime import date
from math import nan
from types import SimpleNamespace

import pytest

from dipgraph.errors import InputError
from dipgraph.network.dataframes import frame, records


@dataclass(frozen=True)
class Row:
    name: str
    value: float | None
    facts: tuple[tuple[str, ...], ...] = ()
    day: date = date(2020, 5, 6)


def test_records_are_what_json_knows() -> None:
    assert records([Row("a", nan, (("f", "g"),)), {"name": "b", "value": 1.5}]) == [
        {"name": "a", "value": None, "facts": [["f", "g"]], "day": "2020-05-06"},
        {"name": "b", "value": 1.5},
    ]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_is_made_by_the_library(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, SimpleNamespace(DataFrame=lambda rows: (library, rows)))
    assert frame([{"a": 1}], library) == (library, [{"a": 1}])


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_the_real_libraries(library: str) -> None:
    pytest.importorskip(library)
    made = frame(records([Row("a", nan, (("f",),)), Row("b", 2.0)]), library)
    assert list(made.columns) == ["name", "value", "facts", "day"] and made.shape == (2, 4)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(
        InputError, match=r"^polars is not installed; data frames need it: pip install 'dipgraph\[polars\]'\.$"
    ):
        frame([], "polars")
    with pytest.raises(InputError, match="of pandas or polars, not of 'abacus'"):
        frame([], "abacus")
