"""On which days things happened in sentences that tell of more times than one, read by the model."""

from __future__ import annotations

import pytest

import dragoman

DAY = "2006-03-15"


def times(text: str) -> list[tuple[str, str]]:
    """First and last day of each time in a text of 15 March 2006, a Wednesday."""
    return [(str(time.earliest), str(time.latest)) for time in dragoman.read(text, published=DAY).times]


def days(text: str, words: str) -> tuple[str, str]:
    """First and last day of the event that these words state."""
    event = next(one for one in dragoman.read(text, published=DAY).events if words in one.predicate.text)
    return str(event.when.earliest), str(event.when.latest)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("The monitors' camp was set up in September by Togo and Benin.", ("2005-09-01", "2005-09-30")),
        ("The fund was set aside in October by Togo.", ("2005-10-01", "2005-10-31")),
        ("Guinea's decision to leave the town by the end of May was welcomed.", ("2006-03-15", "2006-05-31")),
        ("Togo said that they had agreed to meet in early May.", ("2006-05-01", "2006-05-10")),
        ("The rebels have vowed never to recognise the April 6 vote in Togo.", ("2006-04-06", "2006-04-06")),
        ("Togo and Benin held their third meeting in two months.", ("2006-01-15", "2006-03-15")),
    ],
)
def test_a_time_lies_where_what_is_done_about_it_says(text: str, span: tuple[str, str]) -> None:
    assert times(text) == [span]


@pytest.mark.parametrize("verb", ["is to last", "may last", "was meant to last", "is expected to last"])
def test_how_long_a_truce_lasts_is_no_time_that_is_over(verb: str) -> None:
    assert times(f"The truce between Togo and Benin {verb} ninety days.") == []


def test_months_that_are_only_counted_like_something_else_are_no_distance() -> None:
    assert ("2005-09-15", "2006-03-15") not in times("It was the second walkout in as many months after the vote.")


def test_a_month_of_the_year_told_before_is_in_that_year() -> None:
    text = (
        "Togo and Benin fought in 1999. They signed a pact in March of the following year and met in June of that year."
    )
    assert times(text)[1:] == [("2000-03-01", "2000-03-31"), ("2000-06-01", "2000-06-30")]


def test_the_day_before_is_not_before_what_is_yet_to_come() -> None:
    text = "The ultimatum expires on Friday. Benin's army had shelled Lome the day before, Togo said."
    assert days(text, "shelled") == ("2006-03-14", "2006-03-14")


def test_a_limit_to_come_is_not_when_something_was_put_off() -> None:
    text = "Togo suspended its talks with Benin until Friday."
    assert days(text, "suspended") == ("2006-03-14", "2006-03-15")


@pytest.mark.parametrize(
    ("text", "words", "span"),
    [
        (
            "Burundi has been divided since 1993, when soldiers killed the president.",
            "killed",
            ("1993-01-01", "1993-12-31"),
        ),
        (
            "Olympio, who seized power in 1994, met the rebels in May and rejected their offer.",
            "met",
            ("2005-05-01", "2005-05-31"),
        ),
    ],
)
def test_a_clause_beside_the_story_keeps_its_own_time(text: str, words: str, span: tuple[str, str]) -> None:
    assert days(text, words) == span


@pytest.mark.parametrize("agency", ["(Agency) ", "(2006) ", ""])
def test_the_day_of_a_dateline_is_not_the_day_of_the_news(agency: str) -> None:
    assert days(f"KHARTOUM, March 15 {agency}- Sudan has freed six rebels.", "freed") == ("2006-03-14", "2006-03-15")


def test_what_somebody_denies_beside_the_story_is_denied_now() -> None:
    text = "Togo accused Benin of shelling Lome, a charge that Benin denies."
    assert days(text, "denies") == ("2006-03-14", "2006-03-15")


def test_this_weekend_is_the_one_that_has_begun() -> None:
    found = dragoman.read("The ministers of Togo and Benin meet in Lome this weekend.", published="2006-03-18").times
    assert [(str(time.earliest), str(time.latest)) for time in found] == [("2006-03-18", "2006-03-19")]


@pytest.mark.parametrize(
    ("text", "words", "span"),
    [
        (
            "Togo's envoy shuttled between the rebels and the army for six days.",
            "shuttled",
            ("2006-03-10", "2006-03-15"),
        ),
        (
            "Togo had mediated in secret for two years between Benin and Niger.",
            "mediated",
            ("2004-03-15", "2006-03-15"),
        ),
        ("Togo banned the Union of Benin for two years.", "banned", ("2006-03-14", "2006-03-15")),
        ("The president of Togo spent four days with the Benin rebels.", "spent", ("2006-03-12", "2006-03-15")),
        ("Togo's army and the rebels fought for an hour.", "fought", ("2006-03-14", "2006-03-15")),
        ("Togo shelled Natitingou in January and Parakou in February.", "shelled", ("2006-01-01", "2006-02-28")),
        ("Togo's army shelled Natitingou from January.", "shelled", ("2006-01-01", "2006-03-15")),
        ("Benin's president had asked Togo to mediate in December.", "asked", ("2005-12-01", "2005-12-31")),
        ("A plan that Togo put forward in December came to nothing.", "put forward", ("2005-12-01", "2005-12-31")),
        (
            "The talks began on March 10, a day after Togo had sacked the general.",
            "sacked",
            ("2006-03-09", "2006-03-09"),
        ),
        ("Togo, the enemy of Benin since 1999, condemned the attack.", "condemned", ("2006-03-14", "2006-03-15")),
        ("Togo and Benin have met for three years; Togo demands a ceasefire.", "demands", ("2006-03-14", "2006-03-15")),
        ("Togo said that it had not asked Benin to mediate.", "asked", ("2006-03-14", "2006-03-15")),
        (
            "A truce of May 2004 between Togo and Benin collapsed after five months.",
            "coll",
            ("2004-10-01", "2004-10-31"),
        ),
        ("Togo, which brokered the truce of May 2004, has said nothing.", "brokered", ("2004-05-01", "2004-05-31")),
        ("Both rebel groups signed the 2004 agreement.", "signed", ("2004-01-01", "2004-12-31")),
        ("Togo denounced the 2004 agreement.", "denounced", ("2006-03-14", "2006-03-15")),
        ("Togo's army shelled Natitingou at dawn on Monday.", "shelled", ("2006-03-13", "2006-03-13")),
        (
            "Togo recalled its envoy two days after rebels had stormed Natitingou on 4 March.",
            "recalled",
            ("2006-03-06", "2006-03-06"),
        ),
        (
            "Togo's army shelled Natitingou hours before the rebels had stormed Parakou on 4 March.",
            "shelled",
            ("2006-03-04", "2006-03-04"),
        ),
        ("On Sunday Togo and Benin met for the first time since May.", "met", ("2006-03-12", "2006-03-12")),
        (
            "A summit would be the first meeting of Togo and Benin since May, when the rebels walked out.",
            "walked out",
            ("2005-05-01", "2005-05-31"),
        ),
    ],
)
def test_what_goes_on_or_was_before_has_its_own_days(text: str, words: str, span: tuple[str, str]) -> None:
    assert days(text, words) == span


def test_who_bargains_in_a_story_does_so_on_its_day_and_who_judges_it_does_so_now() -> None:
    text = "The rebels met Togo's envoy in January. Togo rejected their demands. Benin condemned the rebels."
    assert days(text, "rejected") == ("2006-01-01", "2006-01-31")
    assert days(text, "condemned") == ("2006-03-14", "2006-03-15")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Togo met the rebels earlier in the week.", ("2006-03-13", "2006-03-14")),
        ("Togo met the rebels earlier in the day.", ("2006-03-15", "2006-03-15")),
        ("Togo met the rebels last Tuesday.", ("2006-03-07", "2006-03-07")),
        ("Togo met the rebels last Monday.", ("2006-03-13", "2006-03-13")),
    ],
)
def test_a_part_of_the_week_is_the_one_that_a_reader_thinks_of(text: str, span: tuple[str, str]) -> None:
    assert times(text) == [span]


def test_a_day_later_is_a_distance_and_not_how_long_it_took() -> None:
    text = "The rebels signed on March 6. The president of Togo flew in a day later."
    assert times(text)[1] == ("2006-03-07", "2006-03-07")


def test_what_was_done_since_then_began_when_the_story_did() -> None:
    text = "Togo and the rebels signed a truce in January. Since then they have met five times."
    assert times(text)[1] == ("2006-01-01", "2006-03-15")


@pytest.mark.parametrize(
    ("feast", "span"),
    [
        ("the Ethiopian new year", ("2005-09-11", "2005-09-12")),
        ("the Persian new year", ("2005-03-20", "2005-03-21")),
        ("the new year", ("2006-01-01", "2006-01-01")),
        ("Maundy Thursday", ("2005-03-24", "2005-03-24")),
    ],
)
def test_a_new_year_is_that_of_whose_calendar_it_is(feast: str, span: tuple[str, str]) -> None:
    assert times(f"Togo and Benin spoke to each other on {feast}.") == [span]


def test_what_took_days_ended_where_the_story_had_come_to() -> None:
    text = "Togo's rebels accepted a truce on Sunday. The Ghanaian envoy shuttled between the two camps for three days."
    assert days(text, "shuttled") == ("2006-03-10", "2006-03-12")


def test_what_took_days_leads_up_to_the_news_where_the_story_tells_no_day() -> None:
    text = "Togo's rebels broke the truce. The Ghanaian envoy shuttled between the two camps for three days."
    assert days(text, "shuttled") == ("2006-03-13", "2006-03-15")
