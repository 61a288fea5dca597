from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.merging import STORIES, load_story
from dragoman.mediation import Files, changes, questions
from dragoman.records import Mediator, When


def folded(name, count=None):
    story = load_story(STORIES / f"{name}.json")
    files = Files()
    for article, mediation in story.articles[:count]:
        files.add(article, (mediation,))
    return files


def asked(file, kind, on=None):
    return [question for question in questions(file, on) if question.kind == kind]


def test_an_offer_stands_unanswered_until_the_parties_sit_down_at_the_table():
    before = folded("antalya-2022", 1).file("RUS-UKR")
    (open_offer,) = asked(before, "offer unanswered")
    assert open_offer.about == ("TUR",)
    assert open_offer.actors == ("RUS", "UKR")
    assert not asked(folded("antalya-2022").file("RUS-UKR"), "offer unanswered")


def test_a_condition_is_open_until_an_agreement_covers_its_term():
    early = folded("kenya-2008", 2).file("KEN-ODM")
    assert [question.terms for question in asked(early, "condition open")] == [("power sharing",)]
    late = folded("kenya-2008").file("KEN-ODM")
    assert not asked(late, "condition open")
    (met,) = asked(late, "condition met")
    assert len(met.steps) == 2


def test_a_planned_meeting_is_due_and_then_overdue():
    file = folded("antalya-2022", 1).file("RUS-UKR")
    assert asked(file, "round due", date(2022, 3, 10))
    assert asked(file, "round overdue", date(2022, 3, 12))


def test_who_is_no_longer_heard_of_has_gone_silent():
    file = folded("colombia-2016").file("COL-FARC")
    assert not asked(file, "silent", date(2016, 11, 30))
    grain = folded("camp-david-2000").file("ISR-PSE")
    assert not asked(grain, "silent", date(2000, 7, 26))


@pytest.mark.parametrize("name", ["antalya-2022", "kenya-2008", "aceh-2005"])
def test_every_question_carries_its_evidence(name):
    files = folded(name)
    for conflict in files:
        for question in questions(files.file(conflict)):
            assert question.evidence


def test_changes_since_a_day_are_the_new_steps_and_what_became_of_the_old():
    files = folded("antalya-2022")
    found = changes(files, "RUS-UKR", date(2022, 3, 9), date(2022, 3, 11))
    assert {step.step.kind for step in found.new_steps} == {"assessment"}
    (talks,) = [change for change in found.changed_steps if change.step.step.kind == "talks"]
    assert ("status", "future", "actual") in {(f.field, f.before, f.after) for f in talks.fields}
    assert [question.kind for question in found.closed] == ["offer unanswered", "round due"]


def test_nothing_changes_between_a_day_and_itself():
    found = changes(folded("antalya-2022"), "RUS-UKR", date(2022, 3, 11), date(2022, 3, 11))
    assert (found.new_steps, found.changed_steps, found.new_mediators) == ((), (), ())
    assert (found.opened, found.closed) == ((), ())


def test_a_mediator_who_sits_in_on_talks_has_not_gone_silent():
    file = folded("kenya-2008").file("KEN-ODM")
    last = next(step for step in reversed(file.steps) if step.step.kind == "agreement")
    day = last.step.when.latest
    before = When(day - timedelta(days=30), day - timedelta(days=30), None, "stated")
    early = replace(last, id="early", step=replace(last.step, third_parties=("the-envoy",), when=before))
    seen = replace(last, step=replace(last.step, persons=("the-envoy",)))
    mediators = (Mediator("the-envoy", ("envoy",)),)
    silent = replace(file, mediators=mediators, steps=(early, last))
    heard = replace(file, mediators=mediators, steps=(early, seen))
    assert ("the-envoy",) in [question.actors for question in asked(silent, "silent", day)]
    assert ("the-envoy",) not in [question.actors for question in asked(heard, "silent", day)]
