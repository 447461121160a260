"""What lies so far from a known time: no more precise than the distance, and than the time itself."""

import pytest

from dipgraph.language.units import Distance
from dipgraph.model import Time


@pytest.mark.parametrize(
    ("time", "distance", "value"),
    [
        ("2020-05-09", Distance(2, "day"), "2020-05-11"),
        ("2020-05-09", Distance(-1, "week"), "2020-05-02"),
        ("2020-05-09", Distance(1, "fortnight"), "2020-05-23"),
        ("2020-05-09", Distance(2, "month"), "2020-07"),
        ("2020-05-09", Distance(-1, "year"), "2019"),
        ("2020-05-09", Distance(-1, "year", exact=True), "2019-05-09"),
        ("2020-05-09", Distance(0.5, "century"), "2070"),
        ("2020-05-09", Distance(3, "hour"), "2020-05-09"),
        ("2020-05-09", Distance(72, "hour"), "2020-05-12"),
        ("2020-05-09", Distance(None, "day"), "2020-05"),
        ("2020-05-09", Distance(None, "year"), None),
        ("2020-05", Distance(2, "day"), "2020-05"),
        ("2020-05", Distance(2, "month"), "2020-07"),
        ("2020", Distance(2, "month"), "2020"),
        ("/2020", Distance(2, "day"), None),
    ],
)
def test_so_far_from_a_time(time: str, distance: Distance, value: str | None) -> None:
    found = distance.from_(Time(time))
    assert (found.value if found else None) == value
