"""When an event happened: by the tree first, then the sentence, then the story, else the news itself.

Where nothing is said, it is news of the day of publication or of the day before. What lies ahead, what is negated and
what stands in the background with no time of its own has no day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from dragoman.reading.when.aside import aside
from dragoman.reading.when.days import Days, plus
from dragoman.reading.when.eventwords import is_one, words
from dragoman.reading.when.expressions import TimeExpression
from dragoman.reading.when.lasting import drawn_out, lasting, outlived
from dragoman.reading.when.owners import CLAUSES, owners
from dragoman.records import Basis, When

_BACKGROUND = frozenset({"acl", "acl:relcl"})
_PAST = frozenset({"did", "was", "were"})
_PERFECT = frozenset({"has", "have", "had"})
# Of a story that was told up to a day longer ago than these, what lasted is no part.
_FRESH = 7
UNKNOWN = When(None, None, None, "unknown")


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
    news = plus(published, -1)
    if not doc.has_annotation("DEP") or not doc.has_annotation("SENT_START"):
        near = [t for t in _between(times, predicate - 15, predicate + 15) if _known(t)]
        if near:
            return _chosen(near, predicate, published, future, "inherited")
        return UNKNOWN if future else When(news, published, None, "published")
    token = doc[predicate]
    sentence = token.sent
    known = [
        time
        for time in _between(times, sentence.start, sentence.end)
        if _known(time) and not _is_dateline(doc, time, published)
    ]
    dated = [time for time in known if not time.counted]
    owned = [(time, list(owners(doc, time))) for time in dated]
    when = _when_clause(token, known)
    if when is not None and not any(line and line[0].i == token.i for _, line in owned):
        return _chosen([when], predicate, published, future, "inherited")
    found = None if future else lasting(token, lambda i: event_when(doc, i, times, published, future=False).latest)
    if found is None and not future and dated:
        found = outlived(token, _days_of_nouns(owned)) or aside(token, owned)
    found = found or (_by_tree(token, owned, published, future) if dated else None)
    earlier = _earlier(token)
    if found is None and dated and earlier is not None and earlier.i != token.i:
        # "An earlier meeting, called in May, ended in failure": what was before has the days of its own phrase.
        found = _by_tree(earlier, owned, published, future)
    if found is None and not future:
        story = _story_end(times, sentence.start, published)
        found = drawn_out(token, story) if story < published else None
    if found is None and not future and earlier is None:
        found = _by_story(doc, token, times, published)
    if found is None and not future:
        found = drawn_out(token, published)
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


def _story_end(times: Sequence[TimeExpression], start: int, published: date) -> date:
    """The day up to which the story has been told before a sentence, where that was days ago; else the news itself."""
    for time in reversed(times[: bisect_left(times, start, key=lambda time: time.start)]):
        first, last = time.record.earliest, time.record.latest
        if first is not None and first == last and plus(published, -_FRESH) <= last <= published:
            return last
    return published


def _days_of_nouns(owned: list[tuple[TimeExpression, list[Token]]]) -> dict[int, Days]:
    """The days that a noun has of its own or by the participle behind it: "a truce of May", "an accord made in May"."""
    found = {}
    for time, line in owned:
        if line:
            noun = line[0].head if line[0].dep_ == "acl" else line[0]
            found[noun.i] = Days(time.record.earliest, time.record.latest)
    return found


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


def _by_tree(
    token: Token, owned: list[tuple[TimeExpression, list[Token]]], published: date, future: bool
) -> When | None:
    """The event's own expression, else that of the word or clause that it belongs to."""
    for step, (holder, basis, lasts) in enumerate(_holders(token)):
        direct = [time for time, line in owned if line and line[0].i == holder.i]
        through = [time for time, line in owned if holder.i in [owner.i for owner in line[1:]]]
        inside = [time for time, _ in owned if time.start <= holder.i < time.end]
        for times in (inside, direct, through):
            times = [time for time in times if step == 0 or _fits(time, published, future)]
            if not future and token.tag_ != "VB":
                times = [time for time in times if not _is_limit(time, published)]
            if not future and token.tag_ in ("VBD", "VBN"):
                # "Invited them to a conference on January 19", told on the 14th: the conference's day.
                times = [time for time in times if time.record.earliest is None or time.record.earliest <= published]
            if not times:
                continue
            lasted = _in_turn(token.doc, times) or _from_then_on(token.doc, times, published)
            if step == 0 and not future and lasted is not None:
                return lasted
            if lasts and not future:
                record = min(times, key=lambda time: abs(time.start - holder.i)).record
                if record.earliest and record.earliest <= published:
                    return When(record.earliest, published, record.text, basis)
            return _chosen(times, token.i, published, future, basis)
    return None


def _in_turn(doc: Doc, times: list[TimeExpression]) -> When | None:
    """ "Captured Goma in January and Bukavu in February": from the first to the last."""
    if len(times) != 2:
        return None
    one, other = sorted(times, key=lambda time: time.start)
    first, last = one.record, other.record
    if not (first.earliest and first.latest and last.earliest and last.latest) or first.latest >= last.earliest:
        return None
    if not any(token.dep_ == "cc" for token in doc[one.end : other.start]):
        return None
    return When(first.earliest, last.latest, doc[one.start : other.end].text, "stated")


def _from_then_on(doc: Doc, times: list[TimeExpression], published: date) -> When | None:
    """ "Held five rounds from July last year": up to the news."""
    time = min(times, key=lambda time: time.start)
    earliest = time.record.earliest
    if time.start == 0 or doc[time.start - 1].lower_ != "from" or earliest is None or earliest > published:
        return None
    return When(earliest, published, time.record.text, "stated")


def _is_limit(time: TimeExpression, published: date) -> bool:
    """Whether a time is a limit yet to come: what "was extended until Friday" was so before."""
    latest, text = time.record.latest, time.record.text or ""
    opening = tuple(f"{word} " for word in words()["limits"])
    return latest is not None and latest > published and text.lower().startswith(opening)


def _fits(time: TimeExpression, published: date, future: bool) -> bool:
    """A time that is over does not pass to what is yet to come."""
    return not (future and time.record.latest is not None and time.record.latest <= published)


def _holders(token: Token) -> Iterator[tuple[Token, Basis, bool]]:
    """The event's word, then those whose time is its own as well; whether it lasts from there on."""
    yield token, "stated", False
    # "a war that broke out in 1983": it has gone on since.
    for child in token.children:
        if child.dep_ == "acl:relcl" and is_one(child, "begin"):
            yield child, "inherited", True
        elif child.dep_ == "acl" and (is_one(child, "light") or (child.tag_ == "VBN" and is_one(child, "bringing"))):
            yield child, "stated", False  # "a truce reached last September", "talks called by the king in May"
        elif child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < token.i:
            yield child, "inherited", False  # "Speaking late Sunday, he said …"
        elif (
            child.dep_ == "acl:relcl"
            and token.pos_ != "VERB"
            and any(helper.text.lower() in ("has", "have") for helper in child.children)
        ):
            yield child, "inherited", False
        elif child.dep_ == "acl:relcl" and is_one(child, "light") and _is_carried(child):
            yield child, "stated", False  # "a plan that the two put forward in September"
    for _ in range(8):
        head, dep = token.head, token.dep_
        kind = dep.split(":")[0]
        if dep == "ccomp" and is_one(head, "report") and _goes_on(token):
            yield head, "inherited", False  # "Last week, Kenya said it was working on a plan"
        if head.i == token.i or dep == "ccomp" or (dep == "acl:relcl" and head.ent_type_ != "DATE"):
            return
        if kind in ("conj", "parataxis", "advcl") and _has_moved_on(token, head):
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
        if kind == "parataxis" and is_one(head, "about"):
            return
        if kind in ("obj", "nsubj", "obl", "iobj") and verbal:
            if is_one(head, "about") and not _is_occasion(token):
                return
            if kind == "obl" and not is_one(head, "light"):
                case = next((child.text.lower() for child in token.children if child.dep_ == "case"), "")
                goes = case in ("for", "to") and is_one(head, "going")  # "flew in on Saturday for a summit"
                if case not in ("during", "in", "at", "after", "with") and not goes:
                    return
            if kind == "nsubj" and _begins(head):
                yield head, "inherited", True
                return
        yield head, "stated" if kind == "obj" and is_one(head, "light") else "inherited", False
        token = head


def _has_moved_on(clause: Token, before: Token) -> bool:
    """Whether a clause tells of another time than the one that it is joined to.

    "They have met for four years; Japan demands"; "had initialled it on Thursday, but would not sign".
    """
    if any(child.dep_ == "mark" for child in clause.children):
        return False
    helpers, earlier = (
        {child.lower_ for child in verb.children if child.dep_.startswith("aux")} for verb in (clause, before)
    )
    present = clause.tag_ in ("VBZ", "VBP") and helpers.isdisjoint(_PERFECT)
    return not earlier.isdisjoint(_PERFECT) and (present or bool(helpers & {"will", "would"}))


def _is_carried(clause: Token) -> bool:
    """Whether a relative clause tells what somebody did with its noun, so that the noun is no subject of it."""
    return any(child.dep_ == "obj" and child.tag_ in ("WDT", "WP") for child in clause.children)


def _begins(verb: Token) -> bool:
    """Whether a verb tells that something began and goes on, as a war that broke out, not talks that broke down."""
    particles = [child.lower_ for child in verb.children if child.dep_ == "compound:prt"]
    return is_one(verb, "begin") and not (is_one(verb, "break") and any(particle != "out" for particle in particles))


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


def _by_story(doc: Doc, token: Token, times: Sequence[TimeExpression], published: date) -> When | None:
    """In narrative, the time told by one of the two sentences before, where it lies back from the news."""
    clause = token
    while clause.dep_.split(":")[0] not in CLAUSES and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in ("root", "conj") or clause.tag_ != "VBD":
        return None
    if is_one(clause, "about") and not is_one(clause, "bargaining"):
        return None  # what others say of it, they say now
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
            if not record.earliest or not record.latest or (published - record.latest).days < 2:
                continue
            line = list(owners(doc, time))
            if line and line[-1].i == root.i and not is_one(root, "about"):
                return When(record.earliest, record.latest, record.text, "inherited")
        start = before.start
    return None


def _when_clause(token: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """ "In June, when the rebels insisted …": the time that a clause with *when* follows."""
    clause, opening = token, None
    for _ in range(4):
        while clause.dep_.split(":")[0] not in CLAUSES and clause.head.i != clause.i:
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
    if helpers & {"not", "n't", "n’t", "never"} and helpers.isdisjoint(_PAST | _PERFECT):
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
        return token.tag_ not in ("VBD", "VBZ", "VBP") and helpers.isdisjoint(_PAST | _PERFECT | {"is", "are"})
    if token.pos_ == "NOUN" and token.dep_ in ("obj", "obl") and is_one(token.head, "about"):
        return not _is_occasion(token)
    while token.dep_ == "conj":
        token = token.head
    return token.tag_ == "VBG" and is_one(token.head, "alleging")


def _earlier(token: Token) -> Token | None:
    """The noun that makes an event one of before, itself or its subject: "an earlier meeting failed"."""
    nouns = [
        token,
        *(child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass") and token.tag_ == "VBD"),
    ]
    return next(
        (noun for noun in nouns if any(child.dep_ == "amod" and is_one(child, "before") for child in noun.children)),
        None,
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
