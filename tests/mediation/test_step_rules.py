"""The fields of the rules in ``steps.toml`` that say what a rule must not meet."""

from __future__ import annotations

import pytest

from dragoman.errors import DataError
from dragoman.mediation.vocabulary import Rule, _rule, load_vocabulary

WORDS = load_vocabulary()


def _rules(word: str, kind: str) -> list[Rule]:
    found = [rule for rule in WORDS.by_word[word] if rule.kind == kind]
    assert found
    return found


def test_rules_have_what_their_kind_has() -> None:
    assert all("off" in rule.not_with for rule in WORDS.rules if rule.kind == "criticism")
    assert all({"down", "out"} <= rule.not_with for rule in WORDS.rules if rule.kind == "agreement")
    assert all("should" in rule.not_modal for rule in WORDS.rules if rule.kind in ("acceptance", "breakdown"))
    assert not any(rule.not_modal for rule in WORDS.rules if rule.kind == "refusal")


def test_nothing_that_breaks_out_breaks_down() -> None:
    assert all(rule.not_with == {"out"} for rule in _rules("break", "breakdown"))
    assert not any(rule.not_with for rule in _rules("walk", "breakdown"))


def test_who_takes_a_step_is_said_for_the_words_that_need_it() -> None:
    assert {rule.sides for rule in _rules("agree", "acceptance")} == {"one"}
    assert {rule.sides for rule in _rules("promise", "agreement")} == {"both"}
    assert {rule.sides for rule in _rules("adopt", "agreement")} == {"shared"}
    assert {rule.sides for rule in _rules("sign", "agreement")} == {"any"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("stands", "nowhere"), ("sides", "three"), ("not_as", "colours"), ("manner", "colours"), ("with", ["colours"])],
)
def test_a_rule_that_asks_for_what_there_is_not_is_refused(field: str, value: object) -> None:
    entry = {"kind": "refusal", "who": "party", "words": ["shrug"], field: value}
    with pytest.raises(DataError, match=r"steps\.toml"):
        _rule(entry, WORDS.classes)
