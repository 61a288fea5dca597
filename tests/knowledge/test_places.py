"""The gazetteer: names in their many spellings lead to places, the best known first."""

import pytest

from dragoman.knowledge.places import great_circle, load_gazetteer


@pytest.mark.parametrize(
    ("name", "usual", "country"),
    [
        ("Paris", "Paris", "FRA"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Nur-Sultan", "Astana", "KAZ"),
        ("Bombay", "Mumbai", "IND"),
        ("Élysée", "Élysée Palace", "FRA"),
        ("elysee palace", "Élysée Palace", "FRA"),
        ("the Black Sea", "Black Sea", None),
        ("Salisbury", "Salisbury", "GBR"),
        ("Deir al-Zor", "Deir ez-Zor", "SYR"),
    ],
)
def test_a_name_gives_its_best_known_place(name: str, usual: str, country: str | None) -> None:
    first = load_gazetteer().lookup(name)[0]
    assert (first.name, first.country) == (usual, country)


def test_a_name_that_nobody_bears_gives_nothing() -> None:
    assert load_gazetteer().lookup("Xyzzyville") == ()


def test_namesakes_are_all_offered() -> None:
    assert {"LBY", "LBN"} <= {place.country for place in load_gazetteer().lookup("Tripoli")}


def test_a_country_has_a_middle_and_a_capital() -> None:
    gazetteer = load_gazetteer()
    turkey, capital = gazetteer.country("TUR"), gazetteer.capital("TUR")
    assert turkey is not None
    assert turkey.kind == "country"
    assert capital is not None
    assert capital.name == "Ankara"


def test_the_east_of_a_country_lies_east_of_its_middle() -> None:
    gazetteer = load_gazetteer()
    middle, east = gazetteer.country("UKR"), gazetteer.part("UKR", ("east",))
    assert middle is not None
    assert east is not None
    assert east[1] > middle.longitude + 3


def test_kilometres_follow_the_great_circle() -> None:
    assert great_circle(51.5, -0.13, 48.86, 2.35) == pytest.approx(344, abs=3)
