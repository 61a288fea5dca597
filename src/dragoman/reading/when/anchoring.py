"""When an event happened: by the tree first, then the sentence, then the story, else the news itself.

Where nothing is said, news spans from the day of the news to the publication date. The day of the news is the latest
day that the article's opening names within the week before, else the day before publication. What lies ahead, what is
negated and what stands in the background with no time of its own has no day.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from dragoman.reading.when.days import DAYS, MONTHS, plus, shifted
from dragoman.reading.when.expressions import TimeExpression
from dragoman.reading.when.lexicon import lexicon, numeral
from dragoman.reading.when.outlook import speech_before
from dragoman.records import Basis, When

_CLAUSES = frozenset({"root", "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp"})
_BACKGROUND = frozenset({"acl", "acl:relcl"})
_OPENING = 90  # tokens: the headline and the first sentences
UNKNOWN = When(None, None, None, "unknown")


@cache
def _words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files(__package__).joinpath("data/events.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def _is(token: Token, kind: str) -> bool:
    return token.lemma_.lower() in _words()[kind] or token.text.lower() in _words()[kind]


def event_when(
    doc: Doc,
    predicate: int,
    times: Sequence[TimeExpression],
    published: date,
    *,
    future: bool,
    said_at: When | None = None,
) -> When:
    """The span of days of the event that a token states, with its basis.

    Args:
        predicate: the token that heads the words that state the event.
        times: what `find_times` gave for the document.
        future: whether the event is told as yet to come (planned, promised, conditional).
        said_at: when the speaker said it, for an event that the article has on somebody's word.
    """
    news = _news_day(times, published)
    if not doc.has_annotation("DEP") or not doc.has_annotation("SENT_START"):
        near = [t for t in _between(times, predicate - 15, predicate + 15) if _known(t)]
        if near:
            return _chosen(near, predicate, published, future, "inherited")
        return UNKNOWN if future else When(news, published, None, "published")
    token = doc[predicate]
    sentence = token.sent
    dated = [
        time
        for time in _between(times, sentence.start, sentence.end)
        if _known(time) and not time.counted and not _is_dateline(doc, time, published)
    ]
    owners = [(time, list(_owners(doc, time))) for time in dated]
    when = _when_clause(token, dated)
    if when is not None:
        return _chosen([when], predicate, published, future, "inherited")
    found = _lasting(token, times, published, future)
    found = found or (_by_tree(token, owners, published, future) if dated else None)
    earlier = _earlier(token)
    if found is None and dated and earlier is not None and earlier.i != token.i:
        # "An earlier meeting, called in May, ended in failure": what was before has the days of its own phrase.
        found = _by_tree(earlier, owners, published, future)
    if found is None and not future and earlier is None:
        found = _by_story(doc, token, times, published)
    if found is not None:
        return found
    if future or earlier is not None:
        return UNKNOWN
    if said_at is not None and said_at.earliest and said_at.latest and said_at.latest <= published:
        said = When(min(news, said_at.earliest), said_at.latest, None, "published")
        if _is_refused(token) or not _timeless(token):
            return said
    if _timeless(token):
        return UNKNOWN
    return When(news, published, None, "published")


def _known(time: TimeExpression) -> bool:
    return time.record.earliest is not None or time.record.latest is not None


def _is_dateline(doc: Doc, time: TimeExpression, published: date) -> bool:
    """ "DOHA, Jan 16 –": when the report was filed, not when its events happened."""
    if 0 < time.start <= 25 and time.end + 1 < len(doc) and doc[time.start - 1].text == "(":
        return doc[time.end].text == ")" and doc[time.end + 1].text in ("-", "–", "—", "--")  # "Jan 16 (2013) –"
    if time.start > 25 or time.record.latest is None or abs((time.record.latest - published).days) > 1:
        return False
    end = time.end
    if end < len(doc) and doc[end].text == "(":
        # "DOHA, Jan 16 (Agency) –", or a line of its own
        end = next((i + 1 for i in range(end, min(end + 6, len(doc))) if doc[i].text == ")"), end)
        if end == len(doc) or doc[end - 1].is_sent_end or "\n" in doc[end - 1].whitespace_ + doc[end].text:
            return True
    return end < len(doc) and doc[end].text in ("-", "–", "—", "--", ")", ":")


def _between(times: Sequence[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    found = []
    for i in range(bisect_left(times, start, key=lambda time: time.start), len(times)):
        if times[i].start >= end:
            break
        found.append(times[i])
    return found


def _news_day(times: Sequence[TimeExpression], published: date) -> date:
    """The day that the article's opening tells of, if it lies in the week before; else the day before."""
    for time in times[:4]:
        record = time.record
        if time.start > _OPENING:
            break
        if record.earliest and record.earliest == record.latest and 0 < (published - record.earliest).days < 7:
            return record.earliest
    return plus(published, -1)


def _head(doc: Doc, time: TimeExpression) -> Token:
    inside = range(time.start, time.end)
    return next((t for t in doc[time.start : time.end] if t.head.i not in inside), doc[time.start])


def _owners(doc: Doc, time: TimeExpression) -> Iterator[Token]:
    """The words that an expression modifies, nearest first, up to the predicate of its clause."""
    token = _head(doc, time)
    said = speech_before(doc, time.start)
    if said is not None:
        yield said
        return
    # "which was closed in August": the participle right before it, wherever the tree hangs the time.
    beside = doc[time.start - 2] if time.start > 1 and doc[time.start - 1].pos_ == "ADP" else None
    if beside is not None and beside.pos_ == "VERB" and beside.i != token.head.i:
        yield beside
        if beside.dep_ == "xcomp" and _is(beside.head, "trying"):
            yield beside.head  # "tried to mediate in the spring": tried then
        return
    participle = _before_comma(doc, time, token)
    if participle is not None:
        yield participle
        return
    # "the 2002 ceasefire", "a pact of 2001": the time is the noun's, and not that of the verb above it.
    if token.dep_ in ("compound", "nummod", "amod", "nmod:poss") or (
        token.dep_.startswith("nmod") and any(child.text.lower() == "of" for child in token.children)
    ):
        yield token.head
        return
    for _ in range(8):
        if token.head.i == token.i:
            yield token
            return
        token = token.head
        if _is_since(token):
            return  # "the first meeting since Tokyo in March 2003": the time is that of what was before
        yield token
        if token.dep_ == "xcomp" and _is(token.head, "trying"):
            continue  # "tried to mediate in the spring": tried then
        if token.pos_ in ("VERB", "AUX") or token.dep_.split(":")[0] in _CLAUSES:
            return


def _before_comma(doc: Doc, time: TimeExpression, head: Token) -> Token | None:
    """The participle of a phrase that ends in a time and a comma: "Under a deal reached in Maputo on Aug. 9, he was …".

    A tree that hangs such a time on the verb beyond the comma has left its phrase.
    """
    owner = head.head
    if owner.i <= time.end or time.end >= len(doc) or doc[time.end].text != "," or owner.pos_ not in ("VERB", "AUX"):
        return None
    for i in range(time.start - 1, head.sent.start, -1):
        token = doc[i]
        if token.is_punct:
            return None
        if token.dep_ == "acl" and token.tag_ in ("VBN", "VBD"):
            return token
    return None


def _is_since(token: Token) -> bool:
    """Whether a noun with "since" or "than" names what went before."""
    return token.dep_ in ("nmod", "obl") and any(
        child.dep_ == "case" and child.lower_ in ("since", "than") for child in token.children
    )


def _by_tree(
    token: Token, owners: list[tuple[TimeExpression, list[Token]]], published: date, future: bool
) -> When | None:
    """The event's own expression, else that of the word or clause that it belongs to."""
    for step, (holder, basis, lasts) in enumerate(_holders(token)):
        direct = [time for time, line in owners if line and line[0].i == holder.i]
        through = [time for time, line in owners if holder.i in [owner.i for owner in line[1:]]]
        inside = [time for time, _ in owners if time.start <= holder.i < time.end]
        for times in (inside, direct, through):
            times = [time for time in times if step == 0 or _fits(time, published, future)]
            if not future and token.tag_ != "VB":
                times = [time for time in times if not _is_limit(time, published)]
            if not future and token.tag_ in ("VBD", "VBN"):
                # "Invited them to a conference on January 19", told on the 14th: the conference's day.
                times = [time for time in times if time.record.earliest is None or time.record.earliest <= published]
            if not times:
                continue
            if lasts and not future:
                record = min(times, key=lambda time: abs(time.start - holder.i)).record
                if record.earliest and record.earliest <= published:
                    return When(record.earliest, published, record.text, basis)
            return _chosen(times, token.i, published, future, basis)
    return None


def _is_limit(time: TimeExpression, published: date) -> bool:
    """Whether a time is a limit yet to come: what "was extended until Friday" was so before."""
    latest, text = time.record.latest, time.record.text or ""
    opening = tuple(f"{word} " for word in _words()["limits"])
    return latest is not None and latest > published and text.lower().startswith(opening)


def _fits(time: TimeExpression, published: date, future: bool) -> bool:
    """A time that is over does not pass to what is yet to come."""
    return not (future and time.record.latest is not None and time.record.latest <= published)


def _holders(token: Token) -> Iterator[tuple[Token, Basis, bool]]:
    """The event's word, then those whose time is its own as well; whether it lasts from there on."""
    yield token, "stated", False
    # "a war that broke out in 1983": it has gone on since.
    for child in token.children:
        if child.dep_ == "acl:relcl" and _is(child, "begin"):
            yield child, "inherited", True
        elif child.dep_ == "acl" and (_is(child, "light") or (child.tag_ == "VBN" and _is(child, "bringing"))):
            yield child, "stated", False  # "a truce reached last September", "talks called by the king in May"
        elif child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < token.i:
            yield child, "inherited", False  # "Speaking late Sunday, he said …"
        elif child.dep_ == "acl:relcl" and any(helper.text.lower() in ("has", "have") for helper in child.children):
            yield child, "inherited", False
    for _ in range(8):
        head, dep = token.head, token.dep_
        kind = dep.split(":")[0]
        if dep == "ccomp" and _is(head, "report") and _goes_on(token):
            yield head, "inherited", False  # "Last week, Kenya said it was working on a plan"
        if head.i == token.i or dep == "ccomp" or (dep == "acl:relcl" and head.ent_type_ != "DATE"):
            return
        verbal = head.pos_ in ("VERB", "AUX")
        if kind in ("acl", "advcl") and (head.ent_type_ == "DATE" or head.pos_ not in ("VERB", "AUX", "ADJ")):
            # "in June, when the rebels insisted" – the clause belongs to the time; other nouns lend theirs no more.
            yield head, "inherited", False
            return
        if kind == "advcl" and any(
            c.dep_ == "mark" and c.text.lower() in ("after", "before", "since") for c in token.children
        ):
            yield head, "inherited", False
            return
        if kind == "parataxis" and _is(head, "about"):
            return
        if kind in ("obj", "nsubj", "obl", "iobj") and verbal:
            if _is(head, "about") and not _is_occasion(token):
                return
            if kind == "obl" and not _is(head, "light"):
                case = next((child.text.lower() for child in token.children if child.dep_ == "case"), "")
                goes = case in ("for", "to") and _is(head, "going")  # "flew in on Saturday for a summit"
                if case not in ("during", "in", "at", "after", "with") and not goes:
                    return
            if kind == "nsubj" and _begins(head):
                yield head, "inherited", True
                return
        yield head, "stated" if kind == "obj" and _is(head, "light") else "inherited", False
        token = head


def _begins(verb: Token) -> bool:
    """Whether a verb tells that something began and goes on, as a war that broke out, not talks that broke down."""
    particles = [child.lower_ for child in verb.children if child.dep_ == "compound:prt"]
    return _is(verb, "begin") and not (_is(verb, "break") and any(particle != "out" for particle in particles))


def _is_occasion(token: Token) -> bool:
    """Whether something was said at or after what a noun names: "said on Monday after talks with Kim"."""
    return token.dep_ == "obl" and any(
        child.dep_ == "case" and child.text.lower() in ("after", "during", "at", "following")
        for child in token.children
    )


def _goes_on(token: Token) -> bool:
    """Whether a clause tells what goes on while it is said: a progressive or a state, and no other time."""
    helpers = {child.text.lower() for child in token.children if child.dep_.split(":")[0] in ("aux", "cop")}
    if helpers - {"is", "are", "was", "were", "'s", "’s", "'re", "’re"} or not helpers:
        return False
    return token.tag_ == "VBG" or any(child.dep_ == "cop" for child in token.children)


def _lasting(token: Token, times: Sequence[TimeExpression], published: date, future: bool) -> When | None:
    """ "Six weeks of talks" lead up to what the clause tells: they end where it happened."""
    lasted = [token]
    if token.dep_ == "acl" and token.tag_ == "VBN":
        # "Six weeks of talks led by Norway", whichever of the two the tree hangs "led" on.
        lasted = [token.head, *(c for c in token.head.children if c.dep_ == "nmod" and c.i < token.i)]
    found = next(((noun, unit) for noun in lasted if (unit := _unit(noun)) is not None), None)
    if future or found is None:
        return None
    noun, unit = found
    count = next((_number(child.text) for child in unit.children if child.dep_ in ("nummod", "det")), None)
    above = unit.head if noun.head.i == unit.i else noun.head
    if not count or unit.head.i == unit.i or above.i == noun.i or not 0 < count < 1000:
        return None
    for _ in range(4):
        if above.pos_ == "VERB" and above.tag_ != "VB":
            break
        above = above.head  # "signed a pact to end the war after two weeks of talks": signed after them
    end = event_when(token.doc, above.i, times, published, future=False).latest
    if end is None:
        return None
    name = unit.lemma_.lower()
    if name == "hour":
        name, count = "day", max(1, round(count / 12))
    start = plus(end, 1 - count) if name == "day" else shifted(end, -count, name)
    return When(start, end, token.doc[unit.left_edge.i : max(noun.i, unit.i) + 1].text, "inherited")


def _unit(noun: Token) -> Token | None:
    """The unit in which something is told to have lasted: the "weeks" of "six weeks of talks"."""
    of = next((c for c in noun.children if c.dep_ in ("case", "mark") and c.lower_ == "of" and c.i > 0), None)
    unit = noun.doc[of.i - 1] if of is not None else None
    return unit if unit is not None and unit.lemma_.lower() in {*DAYS, *MONTHS, "hour"} else None


def _number(text: str) -> int | None:
    plain, _ = lexicon()
    values = (numeral(text) if text[0].isdecimal() else plain.get(text.lower())) or {}
    value = next((values[name] for name in ("NUMBER", "COUNT", "ARTICLE") if name in values), None)
    return value if isinstance(value, int) else None


def _by_story(doc: Doc, token: Token, times: Sequence[TimeExpression], published: date) -> When | None:
    """In narrative, the time told by one of the two sentences before, where it lies back from the news."""
    clause = token
    while clause.dep_.split(":")[0] not in _CLAUSES and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in ("root", "conj") or clause.tag_ != "VBD" or _is(clause, "about"):
        return None
    if any(child.text.lower() in ("had", "has", "have") for child in clause.children):
        return None
    start = clause.sent.start
    for _ in range(2):
        if start == 0 or "\n" in doc[start - 1].text or "\n" in doc[start - 1].whitespace_:
            return None
        before = doc[start - 1].sent
        root = before.root
        for time in _between(times, before.start, before.end):
            record = time.record
            if not record.earliest or not record.latest or (published - record.latest).days < 3:
                continue
            line = list(_owners(doc, time))
            if line and line[-1].i == root.i and not _is(root, "about"):
                return When(record.earliest, record.latest, record.text, "inherited")
        start = before.start
    return None


def _when_clause(token: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """ "In June, when the rebels insisted …": the time that a clause with *when* follows."""
    clause, opening = token, None
    for _ in range(4):
        while clause.dep_.split(":")[0] not in _CLAUSES and clause.head.i != clause.i:
            clause = clause.head
        opening = next((kid.i for kid in clause.children if kid.i < clause.i and kid.text.lower() == "when"), None)
        if opening is not None or clause.dep_ not in ("advcl", "xcomp"):
            break
        clause = clause.head  # "when he left without signing"
    if opening is None or clause.dep_ == "root":
        return None
    time = next((time for time in times if opening - 2 <= time.end - 1 < opening), None)
    if time is None or time.point is None:
        return time
    # "Since June, when the war broke out": in June.
    return replace(time, record=replace(time.record, earliest=time.point.earliest, latest=time.point.latest))


def _is_refused(token: Token) -> bool:
    """Whether a clause says that somebody will not do something: that is refused when it is said."""
    helpers = {child.text.lower() for child in token.children if child.dep_.startswith(("aux", "advmod"))}
    return bool(helpers & {"not", "n't", "n’t", "never"}) and bool(
        helpers & {"will", "would", "wo", "'ll", "could", "can", "ca"}
    )


def _timeless(token: Token) -> bool:
    """Negated, alleged or in the background, with no time of its own."""
    helpers = {child.text.lower() for child in token.children if child.dep_.startswith(("aux", "advmod"))}
    if helpers & {"not", "n't", "n’t", "never"} and not helpers & {"did", "was", "were"}:
        return True
    if (
        token.dep_ == "acl"
        and token.tag_ == "VBN"
        and token.head.dep_.startswith("nsubj")
        and _is_news(token.head.head)
    ):
        return False  # "the agreement, brokered by Qatar, ends a siege"
    if token.dep_ in _BACKGROUND:
        # "A port that the rebels deny shelling": what they deny, they deny now.
        return token.tag_ not in ("VBD", "VBZ", "VBP") and not helpers & {"was", "were", "did", "has", "have"}
    if token.pos_ == "NOUN" and token.dep_ in ("obj", "obl") and _is(token.head, "about"):
        return not _is_occasion(token)
    while token.dep_ == "conj":
        token = token.head
    return token.tag_ == "VBG" and _is(token.head, "alleging")


def _earlier(token: Token) -> Token | None:
    """The noun that makes an event one of before, itself or its subject: "an earlier meeting failed"."""
    nouns = [
        token,
        *(child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass") and token.tag_ == "VBD"),
    ]
    return next(
        (noun for noun in nouns if any(child.dep_ == "amod" and _is(child, "before") for child in noun.children)), None
    )


def _is_news(token: Token) -> bool:
    """Whether a clause is the main one of its sentence and tells in the present or the past."""
    return token.dep_ == "root" and token.tag_ in ("VBD", "VBZ", "VBP")


def _chosen(times: list[TimeExpression], predicate: int, published: date, future: bool, basis: Basis) -> When:
    """Of several times the narrowest; what has happened did so by the day of publication."""
    record = min(times, key=lambda time: (_width(time), abs(time.start - predicate))).record
    latest = record.latest
    if not future and latest and latest > published and record.earliest and record.earliest <= published:
        latest = published
    return When(record.earliest, latest, record.text, basis)


def _width(time: TimeExpression) -> int:
    record = time.record
    if record.earliest is None or record.latest is None:
        return 10**6
    return (record.latest - record.earliest).days
