"""A figure that falls below its floor is noticed, and no floor falls unseen."""

from pathlib import Path

import pytest

from benchmarks.floors import FLOORS, SLACK, Floor, Outcome, dump, hash_of, judge, load, raised

FLOOR = Floor("python -m benchmarks.articles", ("articles",), "aa", "2026-01-01", {"held-out/events/f1": 0.6})


def report(value: float) -> dict[str, object]:
    return {"held-out": {"events": {"f1": value}}}


def test_a_figure_that_fell_is_a_fault() -> None:
    assert judge(FLOOR, report(0.55)).faults == ("held-out/events/f1 fell from 0.600 to 0.550",)
    assert judge(FLOOR, report(0.6 - SLACK / 2)).faults == ()


def test_a_figure_that_is_gone_is_a_fault() -> None:
    assert judge(FLOOR, {"held-out": {}}).faults == ("held-out/events/f1 is no longer given",)


@pytest.mark.parametrize(
    ("reached", "reason", "hash_", "expected"),
    [(0.7, None, "aa", 0.7), (0.5, None, "aa", 0.6), (0.5, "stricter gold", "aa", 0.5), (0.5, None, "bb", 0.5)],
)
def test_a_floor_falls_only_with_a_reason_or_on_other_data(
    reached: float, reason: str | None, hash_: str, expected: float
) -> None:
    outcome = Outcome({"held-out/events/f1": reached})
    floor = raised(FLOOR, outcome, hash_, "2026-02-02", reason)
    assert floor.figures == {"held-out/events/f1": expected}
    assert floor.lowered == (reason or "")


def test_the_hash_changes_with_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    one = tmp_path / "data" / "one.json"
    one.write_text("1")
    first = hash_of(["data"], tmp_path)
    one.write_text("2")
    second = hash_of(["data"], tmp_path)
    one.rename(tmp_path / "data" / "two.json")
    assert len({first, second, hash_of(["data"], tmp_path)}) == 3
    assert hash_of(["nowhere"], tmp_path) is None


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    dump([FLOOR, raised(FLOOR, Outcome({"held-out/events/f1": 0.1}), "cc", "2026-02-02", "because “so”")], path)
    assert load(path)[0] == FLOOR
    assert load(path)[1].lowered == "because “so”"


def test_the_floors_that_ship_name_data_that_ships_or_lies_beside() -> None:
    floors = load(FLOORS)
    assert floors
    for floor in floors:
        assert floor.figures
        assert all(name.startswith(("benchmarks/", "tests/", "../shared/")) for name in floor.data)
