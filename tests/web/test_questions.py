from __future__ import annotations

import pytest
from rooms import add, quiet

from dragoman.store import Archive, open_archive
from dragoman.web.questions import QuestionError, ask, checked, without_paths


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("asked") / "archive"
    add(folder, quiet())
    return open_archive(folder)


@pytest.mark.parametrize(
    "question",
    [
        "DROP TABLE events",
        "DELETE FROM events",
        "INSERT INTO events SELECT * FROM events",
        "CREATE TABLE x AS SELECT 1",
        "COPY events TO '/tmp/x.csv'",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "ATTACH '/tmp/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '100GB'",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "EXPORT DATABASE '/tmp/x'",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE events",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM '/etc/passwd.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_parquet('events/*')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM parquet_scan('x')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM main.events",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('events')",
        "SELECT getenv('HOME')",
        "SELECT current_setting('home_directory')",
        "SELECT (SELECT max(content) FROM read_text('/etc/passwd')) FROM events",
        "SELECT * FROM events WHERE id IN (SELECT content FROM read_text('/etc/passwd'))",
        "WITH a AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM a",
        """WITH a AS (WITH "/etc/passwd.csv" AS (SELECT 1) SELECT 1) SELECT * FROM '/etc/passwd.csv'""",
        "SELECT * FROM articles_files",
        "SELECT * FROM replaced",
        "DESCRIBE events",
        "SHOW TABLES",
        "",
        "   ;  ",
        "SELECT",
        "nonsense",
        "SELECT 1" + " " * 30_000 + "+ 1",
    ],
)
def test_a_question_that_does_more_than_read_the_views_is_refused(archive: Archive, question: str) -> None:
    with pytest.raises(QuestionError):
        ask(archive, question)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT type, count(*) FROM events GROUP BY ALL;",
        "FROM events LIMIT 3",
        "WITH few AS (FROM events LIMIT 3) SELECT * FROM few JOIN articles USING (article)",
        "SELECT actor, count(*) FROM (SELECT unnest(actors) AS actor FROM events) GROUP BY ALL",
        "SELECT * FROM range(5)",
        "SELECT e.id FROM events AS e, LATERAL (SELECT unnest(e.actors)) AS a",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
        "SELECT 'DROP TABLE events'",
        "SELECT * FROM events_history UNION ALL SELECT * FROM events",
        "SELECT count(*) FROM dyads",
        "SELECT day, sum(n) OVER (ORDER BY day) FROM (SELECT day, count(*) AS n FROM events GROUP BY ALL)",
    ],
)
def test_what_reads_the_views_is_answered(archive: Archive, question: str) -> None:
    assert ask(archive, question).columns


def test_an_answer_has_an_end(archive: Archive) -> None:
    answer = ask(archive, "SELECT * FROM range(10000)", rows=100)
    assert len(answer.rows) == 100
    assert answer.cut
    exact = ask(archive, "SELECT * FROM range(100)", rows=100)
    assert not exact.cut


def test_a_question_without_an_end_is_stopped(archive: Archive) -> None:
    # One side fits in memory, or on a busy machine that would run out before the time does.
    endless = "SELECT count(*) FROM range(1000000000000) a, range(1000) b WHERE (a.range * b.range) % 7 = 3"
    with pytest.raises(QuestionError, match="longer than"):
        ask(archive, endless, seconds=0.3)
    assert ask(archive, "SELECT 1").rows == ((1,),)


def test_long_cells_are_cut(archive: Archive) -> None:
    (cell,) = ask(archive, "SELECT repeat('a', 100000)").rows[0]
    assert len(cell) < 5000


def test_a_question_comes_back_as_it_was(archive: Archive) -> None:
    assert checked("  SELECT 1 ; ") == "SELECT 1"


def test_messages_lose_their_paths() -> None:
    assert without_paths("cannot open /home/someone/archive/events/x.parquet: gone") == "cannot open …: gone"
    assert without_paths("1/2 of them") == "1/2 of them"
