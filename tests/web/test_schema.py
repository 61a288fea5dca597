"""The API against its own description: whatever is sent, the server does not fail and answers as it says it does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rooms import add, hostile, library, quiet

from dragoman.web.app import create_app
from dragoman.web.security import Doors

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

pytestmark = pytest.mark.slow

EXAMPLES = 25


def test_no_call_fails_and_each_answers_as_described(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("described") / "archive"
    add(folder, [*quiet(), hostile()])
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(library(folder), Doors(rate=0)))
    checks = [
        schemathesis.checks.not_a_server_error,
        schemathesis.specs.openapi.checks.status_code_conformance,
        schemathesis.specs.openapi.checks.content_type_conformance,
        schemathesis.specs.openapi.checks.response_schema_conformance,
    ]
    sent: dict[str, int] = {}
    # Not its own pytest plugin: that leans on insides of pytest which change from one to the next.
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def holds(case: Any) -> None:
            response = case.call()
            case.validate_response(response, checks=checks)
            assert "Traceback" not in response.text
            sent[case.operation.label] = sent.get(case.operation.label, 0) + 1

        holds()
    assert len(sent) > 20
    assert sum(sent.values()) > 20 * len(sent) / 2
