"""A step reads as a person would say it."""

from dataclasses import replace
from datetime import date

import pytest

from dragoman.mediation.wording import step_sentence
from dragoman.records import Step, When

DAY = When(date(2001, 8, 13), date(2001, 8, 13), None, "stated")
STEP = Step("talks", ("MKD",), (), (), (), DAY, None, "actual", None, None, (), None, (), ())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "condition", "terms": ("other",)}, "MKD set a condition."),
        ({"kind": "condition", "terms": ("ceasefire", "other")}, "MKD set a condition on ceasefire."),
        ({"kind": "refusal", "recipients": ("NATO",)}, "MKD turned down what was offered or asked by NATO."),
        ({"kind": "appeal", "recipients": ("NLA",)}, "MKD appealed to NLA."),
        ({"kind": "pressure", "recipients": ("NLA",), "status": "future"}, "MKD threatened pressure against NLA."),
        ({"kind": "agreement", "outcome": "agreement"}, "MKD agreed."),
        ({"outcome": "inconclusive", "round": 2}, "MKD held talks (round 2); talks were inconclusive."),
    ],
)
def test_a_step_is_one_plain_sentence(values: dict[str, object], sentence: str) -> None:
    assert step_sentence(replace(STEP, **values)) == sentence  # type: ignore[arg-type]
