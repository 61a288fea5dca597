import json
import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.merging import STORIES, UNSEEN, generated, load_stories, load_story, score
from dragoman.errors import DragomanError
from dragoman.mediation import Files, MediationFile
from dragoman.mediation.matching import THRESHOLD
from dragoman.mediation.merging import clusters
from dragoman.records import Evidence, Mediation, Mediator, Step, When

STORY = load_story(STORIES / "antalya-2022.json")


def folded(articles):
    files = Files()
    for article, mediation in articles:
        files.add(article, (mediation,))
    return files


def as_text(files, conflict):
    return json.dumps(files.file(conflict).to_dict())


@pytest.mark.parametrize("story", load_stories(), ids=lambda story: story.id)
def test_reports_of_one_happening_become_one_step(story):
    pairs, errors = score(story)
    assert pairs.f1 >= 0.9, errors


@pytest.mark.parametrize("story", load_stories(), ids=lambda story: story.id)
def test_the_order_of_reading_does_not_change_a_byte(story):
    expected = as_text(folded(story.articles), story.conflict)
    for seed in range(5):
        shuffled = list(story.articles)
        random.Random(seed).shuffle(shuffled)
        assert as_text(folded(shuffled), story.conflict) == expected


@pytest.mark.parametrize("story", load_stories(), ids=lambda story: story.id)
def test_many_articles_at_once_give_the_file_of_one_after_another(story):
    at_once = Files()
    at_once.add_all((article, [mediation]) for article, mediation in story.articles)
    assert as_text(at_once, story.conflict) == as_text(folded(story.articles), story.conflict)


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 14), st.randoms(use_true_random=False))
def test_two_groups_are_one_if_the_mean_over_all_pairs_between_them_says_so(number, chance):
    pairs = [(one, other) for one in range(number) for other in range(one + 1, number)]
    weights = {
        pair: None if chance.random() < 0.1 else chance.uniform(-3, 4) for pair in pairs if chance.random() < 0.6
    }

    def one_step(left, right):
        found = [weights.get((min(a, b), max(a, b)), -0.5) for a in left for b in right]
        return None not in found and sum(found) / len(found) >= THRESHOLD / 2

    wanted = [[index] for index in range(number)]
    strong = [(-round(value, 6), pair) for pair, value in weights.items() if value is not None and value >= THRESHOLD]
    for _, (one, other) in sorted(strong):
        left, right = (next(group for group in wanted if index in group) for index in (one, other))
        if left is not right and one_step(left, right):
            wanted = [group for group in wanted if group not in (left, right)] + [left + right]
    assert clusters([None] * number, weights) == sorted(tuple(sorted(group)) for group in wanted)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_any_set_of_reports_in_any_order_gives_one_file(seed, chance):
    articles = generated(45, seed=seed)
    one, other = Files(), Files()
    for reports in articles:
        one.add_reports(reports)
    chance.shuffle(articles)
    for reports in articles:
        other.add_reports(reports)
    assert as_text(one, "AAA-BBB") == as_text(other, "AAA-BBB")


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_order_of_a_story_gives_one_file_and_loses_no_evidence(data):
    story = data.draw(st.sampled_from([*load_stories(), *load_stories(UNSEEN)]))
    files = folded(data.draw(st.permutations(story.articles)))
    assert as_text(files, story.conflict) == as_text(folded(story.articles), story.conflict)
    told = {evidence for _, mediation in story.articles for step in mediation.steps for evidence in step.evidence}
    kept = {evidence for step in files.file(story.conflict).steps for evidence in step.step.evidence}
    assert kept == told


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_articles_that_come_later_change_nothing_but_what_they_touch(data):
    story = data.draw(st.sampled_from(load_stories()))
    cut = data.draw(st.integers(0, len(story.articles)))
    bit_by_bit, at_once = folded(story.articles[:cut]), Files()
    list(bit_by_bit)  # asked in between, as a desk does every morning
    for conflict in bit_by_bit:
        bit_by_bit.file(conflict)
    for article, mediation in story.articles[cut:]:
        bit_by_bit.add(article, (mediation,))
    at_once.add_all((article, [mediation]) for article, mediation in story.articles)
    assert as_text(bit_by_bit, story.conflict) == as_text(at_once, story.conflict)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_unmerging_a_step_gives_back_the_steps_as_the_articles_told_them(data):
    story = data.draw(st.sampled_from(load_stories()))
    files = folded(story.articles)
    merged = [step for step in files.file(story.conflict).steps if len(step.reports) > 1]
    step = data.draw(st.sampled_from(merged))
    for one in step.reports:
        for other in step.reports:
            if one < other:
                files.unmerge(story.conflict, one, other)
    after = files.file(story.conflict)
    told = {report.id: report.step for report in after.reports}
    # No two of them are in one step any longer; one that stands alone is what its article told.
    for found in after.steps:
        assert len(set(found.reports) & set(step.reports)) <= 1
        if set(found.reports) <= set(step.reports):
            alone = told[found.reports[0]]
            assert set(found.step.actors) == set(alone.actors)
            for field in ("kind", "when", "where", "status", "round", "outcome", "evidence"):
                assert getattr(found.step, field) == getattr(alone, field)
    assert sorted(report for found in after.steps for report in found.reports) == sorted(told)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 14))
def test_taking_articles_out_leaves_what_was_never_read(seed, gone):
    articles = generated(45, seed=seed)
    files, never = Files(), Files()
    for number, reports in enumerate(articles):
        files.add_reports(reports)
        if number >= gone:
            never.add_reports(reports)
    for reports in articles[:gone]:
        files.remove(reports[0].article)
    assert as_text(files, "AAA-BBB") == as_text(never, "AAA-BBB")


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_no_report_is_lost_or_told_twice(seed):
    files = Files()
    articles = generated(45, seed=seed)
    for reports in articles:
        files.add_reports(reports)
    file = files.file("AAA-BBB")
    told = [report for step in file.steps for report in step.reports]
    assert sorted(told) == sorted(report.id for reports in articles for report in reports)


def test_reading_an_article_again_changes_nothing():
    files = folded(STORY.articles)
    before = as_text(files, "RUS-UKR")
    files.add(STORY.articles[1][0], (STORY.articles[1][1],))
    assert as_text(files, "RUS-UKR") == before


def meeting(file):
    return next(step for step in file.steps if step.step.kind == "talks" and step.step.where.name == "Antalya")


def test_the_days_tighten_to_those_that_the_reports_share():
    step = meeting(folded(STORY.articles).file("RUS-UKR")).step
    assert (step.when.earliest, step.when.latest) == (date(2022, 3, 10), date(2022, 3, 10))


def test_the_place_sharpens_from_the_country_to_the_town():
    told = [mediation for _, mediation in STORY.articles]
    assert any(step.where and step.where.name == "Turkey" for mediation in told for step in mediation.steps)
    assert meeting(folded(STORY.articles).file("RUS-UKR")).step.where.name == "Antalya"


def test_contradicting_outcomes_stay_visible_with_their_reports():
    step = meeting(folded(STORY.articles).file("RUS-UKR"))
    outcome = next(item for item in step.contradictions if item.field == "outcome")
    assert [(claim.value, len(claim.reports)) for claim in outcome.claims] == [("inconclusive", 2), ("failure", 1)]
    assert step.step.outcome == "inconclusive"


def test_a_plan_that_was_held_is_one_actual_step():
    step = meeting(folded(STORY.articles).file("RUS-UKR"))
    assert step.step.status == "actual"
    assert len(step.reports) == 4


def test_a_step_can_be_opened_to_its_reports():
    file = folded(STORY.articles).file("RUS-UKR")
    reports = file.open(meeting(file).id)
    assert [report.source for report in reports] == ["Report A", "Report B", "Report C", "Report D"]
    assert all(report.quote for report in reports)
    with pytest.raises(DragomanError, match="has no step"):
        file.open("nothing")


def test_unmerged_reports_stay_apart_whatever_comes_later():
    files = folded(STORY.articles)
    one, other = meeting(files.file("RUS-UKR")).reports[1:3]
    files.unmerge("RUS-UKR", one, other)
    assert not any({one, other} <= set(step.reports) for step in files.file("RUS-UKR").steps)
    again = Files(apart=[(one, other)])
    for article, mediation in reversed(STORY.articles):
        again.add(article, (mediation,))
    assert as_text(again, "RUS-UKR") == as_text(files, "RUS-UKR")


def test_a_file_kept_as_json_grows_on_where_it_was_left():
    half = folded(STORY.articles[:3]).file("RUS-UKR")
    files = Files().restore(MediationFile.from_dict(json.loads(json.dumps(half.to_dict()))))
    for article, mediation in STORY.articles[3:]:
        files.add(article, (mediation,))
    assert as_text(files, "RUS-UKR") == as_text(folded(STORY.articles), "RUS-UKR")


def test_the_file_as_of_a_day_knows_nothing_of_later_articles():
    files = folded(STORY.articles)
    early = files.file("RUS-UKR", as_of=date(2022, 3, 9))
    assert early == folded(STORY.articles[:1]).file("RUS-UKR")
    assert meeting(early).step.status == "future"


def test_mediators_gather_their_roles_over_the_articles():
    files = Files()
    for number, roles in enumerate([("offered",), ("host", "facilitator")]):
        article, mediation = STORY.articles[number]
        files.add(article, (replace(mediation, mediators=(Mediator("TUR", roles),)),))
    assert files.file("RUS-UKR").mediators == (Mediator("TUR", ("offered", "host", "facilitator")),)


def test_an_unknown_conflict_is_named_with_those_that_there_are():
    with pytest.raises(DragomanError, match="RUS-UKR"):
        folded(STORY.articles).file("AAA-BBB")


def test_two_steps_of_one_article_are_never_merged():
    article, _ = STORY.articles[0]
    day = date(2022, 3, 9)
    one = Step(
        kind="appeal",
        actors=("USA",),
        recipients=("RUS",),
        third_parties=(),
        persons=(),
        when=When(day, day, None, "stated"),
        where=None,
        status="actual",
        round=None,
        outcome=None,
        terms=(),
        said_by=None,
        events=(),
        evidence=(Evidence(article.id, 0, 5),),
    )
    other = replace(one, evidence=(Evidence(article.id, 10, 15),), said_by="joe-biden")
    third = replace(other, evidence=(Evidence(article.id, 20, 25),), terms=("ceasefire",))
    files = Files()
    files.add(article, (Mediation("RUS-UKR", ("RUS", "UKR"), (), (one, third)),))
    assert len(files.file("RUS-UKR").steps) == 2


def test_like_meetings_of_different_weeks_are_different_steps():
    article, mediation = STORY.articles[2]
    talks = mediation.steps[0]
    files = Files()
    for week in range(3):
        day = date(2022, 3, 11) + timedelta(weeks=week)
        moved = replace(talks, when=When(day, day, None, "stated"))
        later = replace(article, id=f"week-{week}", published=day)
        files.add(later, (replace(mediation, steps=(moved,)),))
    steps = files.file("RUS-UKR").steps
    assert len(steps) == 3
    assert all(one.step.when.earliest < other.step.when.earliest for one, other in pairwise(steps))
