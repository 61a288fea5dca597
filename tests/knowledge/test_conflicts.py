"""When a known conflict is on, and which of them an article can be about."""

from __future__ import annotations

from dragoman.knowledge import load_knowledge
from dragoman.knowledge.conflicts import Conflict
from dragoman.reading.events.topics import conflicts_in

ENDED = Conflict("C", "Chaco War", (), ("BOL", "PRY"), 1932, 1935, ("PRY",))
GOING_ON = Conflict("D", "Frozen conflict", (), ("BOL", "PRY"), 1932, None, ("PRY",))


def test_a_conflict_is_on_from_its_first_to_its_last_year() -> None:
    assert [year for year in range(1930, 1940) if ENDED.is_on(year)] == [1932, 1933, 1934, 1935]
    assert GOING_ON.is_on(2024)
    assert not GOING_ON.is_on(1931)


def test_a_conflict_stays_in_the_news_for_so_many_years() -> None:
    assert ENDED.is_on(1936, lately=1)
    assert not ENDED.is_on(1937, lately=1)


def topics(text: str, countries: set[str], *years: int) -> set[str]:
    return {identity for identity, _ in conflicts_in(text, frozenset(countries), load_knowledge(), years)}


def test_two_that_were_at_war_long_ago_make_no_topic_today() -> None:
    assert topics("They opened a bridge.", {"ECU", "PER"}, 2024) == set()
    assert topics("They signed an accord on fishing.", {"SRB", "HRV"}, 2024) == set()


def test_a_war_that_is_on_or_is_told_of_is_a_topic() -> None:
    assert topics("Troops crossed the border.", {"ECU", "PER"}, 1995) == {"ECU-PER"}
    assert topics("They opened a bridge, 29 years after the war.", {"ECU", "PER"}, 2024, 1995) == {"ECU-PER"}
    assert topics("They spoke of the Cenepa War.", {"ECU", "PER"}, 2024) == {"ECU-PER"}


def test_a_conflict_is_named_by_whole_words_in_whatever_case() -> None:
    knowledge = load_knowledge()
    assert "BOSNIA" in knowledge.conflicts_named("Memories of the BOSNIAN WAR are fresh.")
    assert "BOSNIA" not in knowledge.conflicts_named("A Bosnian warlord was on trial.")
    assert knowledge.conflicts_named("") == frozenset()


def test_every_name_of_every_conflict_is_found() -> None:
    knowledge = load_knowledge()
    for conflict in knowledge.conflicts:
        for name in (conflict.name, *conflict.aliases):
            assert conflict.id in knowledge.conflicts_named(f"They spoke of ({name})."), name
