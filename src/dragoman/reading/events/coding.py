"""From what the frames say to what is coded: future and modal readings, modes from words, and doubles left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from dragoman.codebook import Codebook
from dragoman.reading.events.arguments import Filler
from dragoman.reading.events.factuality import Factuality, FactualityReader
from dragoman.reading.events.predicates import Clauses
from dragoman.reading.events.roles import Coding
from dragoman.reading.events.rules import Rules
from dragoman.reading.wordclasses import read_classes

# What is still to come is another type (PLOVER): cooperation is AGREE, concessions CONCEDE, force a threat.
_BECOMES = frozenset("CONSULT SUPPORT COOPERATE AID RETREAT CONCEDE ASSAULT COERCE SANCTION PROTEST MOBILIZE".split())
_OBLIGED = frozenset({"must", "should", "ought"})
# What an authority that speaks of it in the passive will do itself: "the prisoners will be freed, the general said".
_AUTHORITY = frozenset("COERCE SANCTION RETREAT CONCEDE AID COOPERATE".split())
_FORCEFUL = frozenset("ASSAULT COERCE SANCTION MOBILIZE".split())
_ENDS = frozenset({"RETREAT", "CONCEDE", "SANCTION"})
_UNDER = frozenset({"agreement", "plan"})
# Types whose codes name the commonest mode only: 154 is troops unless the words tell of police or militias.
_OPEN_MODES = frozenset({"MOBILIZE"})
# What is refused when somebody says that it will not be done.
_REFUSABLE = frozenset("CONSULT SUPPORT COOPERATE AID RETREAT CONCEDE AGREE".split())
# What is done in saying it: where nobody else does it, the speaker does.
_SPOKEN = frozenset("AGREE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
# How little the language model may believe in what a verb states, and how sure it must be of what is in it.
_HARDLY, _CLEARLY = 0.08, 0.5
_REFUSING = frozenset({"will", "would", "can", "could"})
# How a clause hangs on another that tells of something else.
_APART = frozenset({"conj", "parataxis", "advcl"})


@dataclass(frozen=True, slots=True)
class Intent:
    """The words from `data/intent.toml`.

    Attributes:
        intent: verbs that state no event where they are denied.
        expected: forms by which others expect something of somebody.
    """

    intent: frozenset[str]
    expected: frozenset[str]


@cache
def load_intent() -> Intent:
    """The words that ship, read once."""
    return read_classes(Intent, __package__, "intent")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What frames and learned coder together give: how probable the type is, and who said what.

    Attributes:
        given: the caller named the two actors, so that there is taken to be an event between them.
    """

    probability: float
    note: str
    given: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding with its status, the verdict where a learned coder was asked, and what the language model says of it.

    Attributes:
        overruled: whether the type is the language model's and not the frame's.
        likely: how likely this coding is, once it has been asked.
    """

    coding: Coding
    factuality: Factuality
    verdict: Verdict | None = None
    heard: str | None = None
    overruled: bool = False
    likely: tuple[Coding, float] | None = None


def code_all(
    rules: Rules,
    clauses: Clauses,
    factuality: FactualityReader,
    codebook: Codebook,
    speakers: Mapping[int, Filler],
    learned: Callable[[int, bool], Coding | None] = lambda i, blocked: None,
    belief: Callable[[Coding], float] | None = None,
) -> list[Coded]:
    """All codings of a Doc that have an actor, without those that are part of another one.

    Args:
        speakers: for a token inside a statement, who says it.
        learned: the event that a word states for the language model, asked where no frame speaks; and whether the
            frames take the word for none, whatever stands beside it.
        belief: how sure the language model is that the head of a coding states its type; None where it does not tell.
    """
    found: list[Coded] = []
    for token in clauses.doc:
        coding = rules.read(token.i)
        if coding is None:
            demanded = rules.demanded(token.i, speakers.get(token.i))
            if demanded is not None:
                found.append(Coded(demanded, Factuality("actual", "must", None)))
            continue
        status = factuality.read(coding.head, coding.predicate.light)
        speaker = speakers.get(token.i)
        if not coding.actors and speaker is not None and (coding.frame.judges or _is_announced(coding, status)):
            coding = replace(coding, actors=(speaker,))
        shifted = _shift(Coded(coding, status), codebook, speaker, clauses)
        if shifted is not None and shifted.coding.actors:
            found.append(shifted)
    told = {i for coded in found for i in (*coded.coding.tokens, *coded.coding.consumed)}
    by_head: dict[int, list[Coded]] = defaultdict(list)
    for coded in found:
        by_head[coded.coding.head].append(coded)
    for i in range(len(clauses.doc)):
        coding = learned(i, i in rules.blocked - rules.open) if i not in told else None
        if coding is None:
            continue
        modifiers = _modifiers(i, clauses)
        same = [
            other
            for head in sorted(_beside(coding.head, modifiers, clauses))
            for other in by_head.get(head, ())
            if other.coding.type == coding.type
        ]
        if any(other.coding.head not in modifiers for other in same):
            continue
        speaker = speakers.get(i)
        if not coding.actors and speaker is not None and coding.type in _SPOKEN:
            coding = replace(coding, actors=(speaker,))
        shifted = _shift(Coded(coding, factuality.read(i, coding.predicate.light)), codebook, speaker, clauses)
        if shifted is not None and shifted.coding.actors:
            # "Talks led by Norway" are one event, of which the noun tells when, and the participle who.
            words = sorted({*shifted.coding.tokens, *(token for other in same for token in other.coding.tokens)})
            for head in {other.coding.head for other in same}:
                by_head[head] = [other for other in by_head[head] if other.coding.type != coding.type]
            joined = replace(shifted, coding=replace(shifted.coding, tokens=tuple(words)))
            by_head[joined.coding.head].append(joined)
    found = [coded for _, stated in sorted(by_head.items()) for coded in stated]
    hollow = _hollow(found, belief, clauses) if belief is not None else set()
    found = [coded for coded in found if coded.coding.head not in hollow]
    consumed: set[int] = set()
    for coded in found:
        consumed |= coded.coding.consumed
    kept = [coded for coded in _once(found) if coded.coding.head not in consumed]
    first = {coded.coding.head: coded.coding for coded in reversed(kept)}
    return _without_doubles([coded for coded in kept if not _is_aim(coded, first, clauses)], clauses)


def _hollow(found: list[Coded], belief: Callable[[Coding], float], clauses: Clauses) -> set[int]:
    """The verbs that only tell how something ended: "ended two days of talks", which were held; "the talks failed"."""
    clear = {coded.coding.head for coded in found if belief(coded.coding) >= _CLEARLY}
    hardly = (coded.coding for coded in found if coded.coding.predicate.pos == "v" and belief(coded.coding) <= _HARDLY)
    return {coding.head for coding in hardly if clear & {*coding.consumed, *clauses.tree.kids(coding.head, "nsubj")}}


def _beside(head: int, modifiers: set[int], clauses: Clauses) -> set[int]:
    """The words at which a frame may tell the same: those that this one hangs on, or that hang on it.

    What another clause tells is something else: "suspended the island, and donors froze aid".
    """
    tree = clauses.tree
    near = {i for i in tree.children[head] if not _is_apart(i, clauses)}
    if not _is_apart(head, clauses):
        near.add(tree.heads[head])
    return near | modifiers


def _is_apart(i: int, clauses: Clauses) -> bool:
    """Whether a verb opens a clause of its own beside the one it hangs on."""
    return clauses.tree.deps[i].split(":")[0] in _APART and clauses.doc[i].pos_ == "VERB"


def _modifiers(i: int, clauses: Clauses) -> set[int]:
    """The participles that hang on a noun, or on the noun that measures it: ten days of talks led by Norway."""
    tree = clauses.tree
    above = {i, tree.heads[i]} if tree.deps[i] == "nmod" else {i}
    return {kid for node in above for kid in tree.kids(node, "acl")}


def _once(found: list[Coded]) -> list[Coded]:
    """One of two readings of the same words: "is expected to lift", and "lift"."""
    first: dict[tuple[int, str, frozenset[str]], Coded] = {}
    for coded in found:
        key = (coded.coding.head, coded.coding.type, frozenset(filler.actor for filler in coded.coding.actors))
        first.setdefault(key, coded)
    return list(first.values())


def _is_announced(coding: Coding, factuality: Factuality) -> bool:
    """Whether a passive without an agent tells what its speaker will do."""
    return (
        factuality.status in {"future", "hypothetical"}
        and factuality.modal in {"will", "would"}
        and coding.type in _AUTHORITY
        and coding.predicate.pos == "v"
        and "passive" in coding.predicate.construction
    )


def _is_obliged(coding: Coding, clauses: Clauses, codebook: Codebook) -> bool:
    """Whether a deal or plan binds to the deed: under the accord they will arrest militants."""
    node, tree = coding.head, clauses.tree
    for _ in range(4):
        predicate = clauses.at(node)
        for filler in predicate.fillers("under") if predicate else ():
            if any(clauses.lemma(filler) in codebook.classes[name] for name in _UNDER):
                return True
        if tree.deps[node] not in {"conj", "parataxis"}:
            return False
        node = tree.heads[node]
    return False


def _shift(coded: Coded, codebook: Codebook, speaker: Filler | None, clauses: Clauses) -> Coded | None:
    coding, factuality = coded.coding, coded.factuality
    if factuality.status == "negated":
        if _is_of_denying(coding, factuality):
            return Coded(coding, Factuality("actual", factuality.cue, factuality.modal))  # the frame is of not doing it
        if coding.predicate.lemma in load_intent().intent:
            return None  # what nobody has decided is no event
        granted = factuality.modal is None and coding.code.code == "080"
        if (factuality.modal in _REFUSING or granted) and coding.type in _REFUSABLE and factuality.cue is not None:
            refused = _as(coding, "refuse", codebook)
            if refused is not None:
                if speaker is not None and _is_existential(coding, clauses):
                    refused = replace(refused, actors=(speaker,), recipients=())
                cue = f"{factuality.modal or 'did'} {factuality.cue}"
                return Coded(refused, Factuality("actual", cue, factuality.modal))
        return coded
    if factuality.modal in _OBLIGED and speaker is not None and coding.type not in {"REQUEST", "ACCUSE"}:
        asked = _as(coding, "demand", codebook)
        if asked is not None and all(filler.actor != speaker.actor for filler in coding.actors):
            asked = replace(asked, actors=(speaker,), recipients=coding.actors)
            return Coded(asked, Factuality("actual", factuality.modal, factuality.modal))
    expected = (
        factuality.cue is not None and factuality.cue.lower() in load_intent().expected and coding.type in _FORCEFUL
    )
    if factuality.status == "future" and coding.type in _BECOMES and not expected:
        bound = coding.type in _FORCEFUL and _is_obliged(coding, clauses, codebook)
        coming = replace(coding, code=codebook.codes["030"], type="AGREE", mode=None) if bound else None
        coming = coming or _as(coding, "promise", codebook)
        if coming is not None:
            return Coded(coming, factuality)
    return coded


def _is_of_denying(coding: Coding, factuality: Factuality) -> bool:
    """Whether a frame is of what is not done: it wants a "not", or the denying word is its own ("have none of it")."""
    wanted = (condition for condition in coding.frame.conditions if not condition.negated)
    return factuality.cue in coding.frame.words or any(condition.slots == ("not",) for condition in wanted)


def _is_existential(coding: Coding, clauses: Clauses) -> bool:
    """Whether a noun only is or is not: "there can be no dialogue" is refused by who says so."""
    light = coding.predicate.light
    return light is not None and bool(clauses.tree.kids(light, "expl"))


def _as(coding: Coding, operator: str, codebook: Codebook) -> Coding | None:
    """The coding as the theme of an operator that no word of its own states."""
    rule = codebook.compositions.apply(operator, coding.code)
    if rule is None or rule.code is None:
        return None
    code = codebook.codes[rule.code]
    type_ = rule.type or code.type
    if type_ is None:
        return None
    mode = rule.mode or code.mode
    if codebook.types[type_].mode(mode) is None:
        mode = None
    return replace(coding, code=code, type=type_, mode=mode)


def _is_aim(coded: Coded, by_head: Mapping[int, Coding], clauses: Clauses) -> bool:
    """Whether an end of fighting or talks is what a deal is for: signed a treaty to end the war, ending the war."""
    tree, head = clauses.tree, coded.coding.head
    if coded.coding.type not in _ENDS or tree.deps[head] not in {"advcl", "xcomp"}:
        return False
    if clauses.mark(head) not in {"to", None} or clauses.doc[head].tag_ not in {"VB", "VBG"}:
        return False
    governor = by_head.get(tree.heads[head])
    return governor is not None and governor.code.code[:3] in {"057", "030"}


def _without_doubles(found: list[Coded], clauses: Clauses) -> list[Coded]:
    """Drop an event noun whose verb says the same (sign an agreement), and one of two readings of one head."""
    tree = clauses.tree
    by_head = {coded.coding.head: coded for coded in found}
    kept = []
    for coded in found:
        coding = coded.coding
        first = _first_conjunct(coding, clauses)
        governor = by_head.get(tree.heads[first])
        if governor is not None and coding.predicate.pos == "n" and governor.coding.head != coding.head:
            fewer = _names(coding) <= _names(governor.coding)
            alike = governor.coding.type == coding.type
            # "Offered autonomy and an amnesty" is one offer.
            framed = bool(governor.coding.frame.line)
            same = alike or (fewer and framed) if first == coding.head else alike and fewer
            if same and tree.deps[first].split(":")[0] in {"obj", "obl", "nsubj"}:
                continue
        kept.append(coded)
    return kept


def _first_conjunct(coding: Coding, clauses: Clauses) -> int:
    node = coding.head
    while clauses.tree.deps[node] == "conj":
        node = clauses.tree.heads[node]
    return node


def _names(coding: Coding) -> set[str]:
    return {filler.actor for filler in (*coding.actors, *coding.recipients)}


def modes_from_words(coded: Coded, clauses: Clauses, codebook: Codebook) -> str | None:
    """The mode that the words of the clause tell, where the frame leaves it open or says less."""
    coding = coded.coding
    if coding.mode is not None and (coding.frame.mode is not None or coding.type not in _OPEN_MODES):
        return coding.mode
    words = set(_clause_words(coding.head, clauses))
    if coding.predicate.light is not None:
        words |= set(_clause_words(coding.predicate.light, clauses))
    for cue in codebook.mode_cues:
        if cue.type == coding.type and cue.words & words:
            return cue.mode
    return coding.mode


def _clause_words(head: int, clauses: Clauses) -> Iterable[str]:
    tree = clauses.tree

    def other_clause(i: int) -> bool:
        return tree.deps[i].split(":")[0] in {"ccomp", "advcl", "parataxis", "acl", "conj"}

    return (clauses.lemma(i) for i in tree.subtree(head, other_clause))
