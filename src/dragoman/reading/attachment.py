"""Repairs of the tree where the parser built what English does not: noun phrases first (`nominals`), then clauses.

**Coordination joins like with like.** "Kiev urged Moscow to stop shelling and called on its troops to leave"
coordinates the two finite verbs; a parser likes to hang "called" on the nearer infinitive, and then the wrong side
calls. English does not coordinate a finite verb that has no subject of its own with an infinitive, a gerund or a past
perfect, so that such a verb belongs higher up: to the nearest governing verb of its own tense. In the same way "agreed
to stop fighting and to leave" coordinates two infinitives with "to", not a gerund and an infinitive.

**Who is asked is asked to do something.** In "pressed the general who had seized power to free the prisoners" the
infinitive completes "pressed", which needs one, not the verb of the relative clause, which does not.

**A verb has one subject.** "Two envoys took part by telephone, diplomats said": a parser may give both subjects to
"said"; the first is that of the clause before it, which has none. In "was closed until a truce was signed" what stands
between "until" and its verb is that verb's.

**What lasts has an end.** In "vowed to fight until they withdrew" the fighting lasts until then: a vow, a refusal or
an order is made at once.

**Governments have one country.** In "the Government of El Salvador and the Frente Farabundo Marti" the movement stands
beside the government.

**Labels follow from what stands in a clause.** A clause with "who" for its subject is a relative one of the name
before it; one that "but" joins and that has a subject of its own is coordinated; a finite verb whose subject follows
it modifies no noun, but puts in who speaks ("The delegation, said Gama, had left"); and of "called it a crime" the
"it" is the object.

**A sentence is not a phrase with a preposition.** "Under the accord Uganda will arrest the leaders" lacks a comma,
and a parser may take its clause for a relative one of "accord". Where a sentence would be nothing but such a phrase,
the clause is its main one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from spacy.tokens import Doc

from dragoman.reading.nominals import Parse

_PAST, _PRESENT = frozenset({"VBD"}), frozenset({"VBZ", "VBP"})
_RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
_INFINITE = frozenset({"VB", "VBG", "VBN"})
_FINITE = _PAST | _PRESENT | {"MD"}
# Verbs of asking, of which an object and an infinitive are the frame.
_ASKING = frozenset(
    """ask urge order tell force compel push press pressure persuade convince call invite instruct request exhort beg
    implore command encourage warn""".split()
)
# Who rules one country rules no movement beside it.
_RULING = frozenset({"government", "regime", "army", "junta", "parliament"})
_NOMINAL = frozenset({"nmod", "nmod:desc", "appos", "flat", "compound"})
# What an object is called, or found to be.
_COMPLEMENTS = frozenset({"NOUN", "PROPN", "ADJ"})
# How far off the head of a phrase stands from its preposition.
_NEAR = 8
_ENDING = frozenset({"until", "till"})
_BEFORE_AND_AFTER = frozenset({"after", "before", "since", "until"})
_NOUNS = frozenset({"NOUN", "PROPN"})
# Words behind a verb that are no verbs themselves, however they look.
_PARTICLES = frozenset({"forward", "forth", "aside", "apart", "ahead"})
_ADVERBS = frozenset({"up", "out", "down", "off"}) | _PARTICLES
# What a name without a preposition is not, behind a phrase with one.
_BESIDE = frozenset({"nmod", "obl", "obl:agent"})
# Prepositions that only lead to somebody or something, and measure nothing ("over 100 people").
_LEADING = frozenset({"on", "upon", "at", "to", "into", "onto", "against", "with", "for", "from", "in"})
# Prepositions that join what is behind them to a noun before a verb.
_JOINING = frozenset({"of", "in", "from", "at", "for", "with"})
# Verbs that say of somebody how he is, or goes on being.
_STAYING = frozenset(
    {"remain", "remains", "remained", "stay", "stays", "stayed", "stand", "stands", "stood", "seem", "seems", "seemed"}
)
_TAKING = frozenset({"advcl", "xcomp", "ccomp"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "conj", "parataxis"})


def mended(doc: Doc, heads: Sequence[int], deps: Sequence[str]) -> tuple[list[int], list[str]]:
    """The heads and relations of all tokens, repaired.

    Linear in the number of tokens, but for the depth of the clauses around each coordinated verb.
    """
    given = list(heads), list(deps)
    heads, deps = list(heads), list(deps)
    names = [(name.start, name.end, name.label_) for name in doc.ents]
    Parse([token.text for token in doc], [token.pos_ for token in doc], heads, deps).mend(names)
    subjects, finite = dict[int, int](), set[int]()
    for i, dep in enumerate(deps):
        if dep.startswith(("nsubj", "csubj")):
            subjects.setdefault(heads[i], i)
        elif dep in {"aux", "aux:pass", "cop"} and doc[i].tag_ in _FINITE:
            finite.add(heads[i])
    _marks(heads, deps)
    _labels(doc, heads, deps, subjects, finite)
    _prepositions(doc, heads, deps, subjects)
    _participles(doc, heads, deps)
    _temporal(doc, heads, deps, subjects)
    _joined(doc, heads, deps)
    _copulas(doc, heads, deps)
    _appositions(doc, heads, deps)
    _interruptions(doc, heads, deps, subjects)
    raised = _coordinated(doc, heads, deps, subjects, finite)
    _infinitives(doc, raised, deps)
    _lasting(doc, raised, deps)
    _governments(doc, raised, deps)
    _one_subject(doc, raised, deps, subjects)
    heads, deps = _main_clauses(doc, raised, deps, subjects, finite)
    circling = _circling(heads)
    for sentence in doc.sents if circling else ():
        # Repairs may be at odds with each other in a sentence that nobody thought of: then it stays as it was parsed.
        if not circling.isdisjoint(range(sentence.start, sentence.end)):
            within = slice(sentence.start, sentence.end)
            heads[within], deps[within] = given[0][within], given[1][within]
    return heads, deps


def _circling(heads: Sequence[int]) -> set[int]:
    """A token of each circle in which heads go round; none where every token comes to a root, its own head."""
    found = set[int]()
    walk = [0] * len(heads)  # in which walk upwards a token was met
    for first in range(len(heads)):
        i = first
        while not walk[i]:
            walk[i] = first + 1
            i = heads[i]
        if walk[i] == first + 1 and heads[i] != i:
            found.add(i)
    return found


def _labels(doc: Doc, heads: list[int], deps: list[str], subjects: Mapping[int, int], finite: Set[int]) -> None:
    """Name clauses by what stands in them."""
    marked = {heads[i] for i, dep in enumerate(deps) if dep == "mark"}
    told = {heads[i] for i, dep in enumerate(deps) if dep == "mark" and doc[i].text == "that" and doc[i].tag_ == "IN"}
    joined = {heads[i] for i, dep in enumerate(deps) if dep == "cc" and i < heads[i]}
    for i, subject in subjects.items():
        dep, tensed = deps[i], i in finite or doc[i].tag_ in _FINITE
        if dep in {"advcl", "ccomp"} and tensed and i not in marked:
            noun = subject - 2
            relative = doc[subject].text in {"who", "which"} and noun >= 0 and doc[subject - 1].text == ","
            if relative and doc[noun].pos_ in {"NOUN", "PROPN"}:
                named = _phrase(heads, deps, noun)
                if heads[named] == i:  # "telephoned Zarif, who told her": he was telephoned
                    heads[named], deps[named] = heads[i], "obj"
                heads[i], deps[i] = named, "acl:relcl"
            elif dep == "advcl" and i in joined and heads[i] < subject < i:
                deps[i] = "conj"
        elif dep == "acl:relcl" and i in told:
            deps[i] = "acl"  # "his claim that Lisbon had agreed" tells what he claims
        elif dep == "appos" and i in finite and doc[subject].text == "who":
            deps[i] = "acl:relcl"
        elif dep == "acl" and doc[i].tag_ in _PAST | _PRESENT and i < subject and doc[i - 1].text == ",":
            noun = heads[i]
            if heads[noun] != noun:  # beside the clause of the noun, where there is one
                heads[i], deps[i] = heads[noun], "parataxis"
        elif dep == "xcomp" and not tensed and doc[i].pos_ in _COMPLEMENTS and heads[i] + 1 == subject < i:
            heads[subject], deps[subject] = heads[i], "obj"


def _prepositions(doc: Doc, heads: list[int], deps: list[str], subjects: Mapping[int, int]) -> None:
    """A phrase behind a preposition is no object: "fired on them", "went on strike", "called for him to resign".

    In the last the preposition may have been taken for a clause.
    """
    governing = set(heads)
    for i, dep in enumerate(deps):
        if doc[i].text in _PARTICLES and i not in governing and heads[i] == i - 1 and dep in _CLAUSAL:
            deps[i] = "compound:prt"  # "a plan put forward by Egypt"
        noun = heads[i]
        object_ = deps[noun] == "obj" or (deps[noun] == "xcomp" and doc[noun].pos_ == "NOUN" and noun not in subjects)
        if object_ and dep == "case" and heads[noun] < i < noun and doc[i].text in _LEADING:
            deps[noun] = "obl"
        if dep != "xcomp" or doc[i].tag_ != "IN" or i in governing:
            continue
        for noun in range(i + 1, min(i + _NEAR, len(heads))):
            if heads[noun] == heads[i] and deps[noun] == "obj":
                heads[i], deps[i], deps[noun] = noun, "case", "obl"
                break


def _participles(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang on a participle the phrase right behind it, not on the noun before both: "a panel made up of Angola"."""
    for i, dep in enumerate(deps):
        noun, verb = heads[i], i - 1
        if dep != "case" or deps[noun] != "nmod" or not 0 < verb < noun:
            continue
        particle = doc[verb].text in _ADVERBS and heads[verb] in {verb - 1, heads[noun]}
        verb -= particle
        if doc[verb].tag_ == "VBN" and deps[verb] == "acl" and heads[verb] == heads[noun] < verb:
            heads[noun], deps[noun] = verb, "obl"
            if particle:
                heads[verb + 1], deps[verb + 1] = verb, "compound:prt"


def _copulas(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang on a verb of staying the adjective that completes it, not beside it: "said they remained ready to talk"."""
    for verb, dep in enumerate(deps[:-1]):
        word = verb + 1
        if doc[verb].text not in _STAYING or doc[verb].pos_ != "VERB" or dep not in _CLAUSAL:
            continue
        if doc[word].pos_ == "ADJ" and (heads[word], deps[word]) == (heads[verb], dep):
            heads[word], deps[word] = verb, "xcomp"


def _temporal(doc: Doc, heads: list[int], deps: list[str], subjects: Mapping[int, int]) -> None:
    """Make the noun behind "after" the subject of a finite clause without one: "met after talks in Geneva failed"."""
    for i, dep in enumerate(deps):
        verb = heads[i]
        if dep not in {"case", "mark"} or doc[i].text.lower() not in _BEFORE_AND_AFTER:
            continue
        noun = verb if dep == "case" else next((k for k in range(i + 1, verb) if heads[k] == heads[verb]), verb)
        clauses = (k for k in range(noun + 1, min(noun + _NEAR, len(heads))) if deps[k] in {"advcl", "acl"})
        clause = next(clauses, None) if deps[noun] in {"obl", "obj"} and doc[noun].pos_ in _NOUNS else None
        if clause is None or clause in subjects or doc[clause].tag_ not in _PAST | _PRESENT:
            continue
        between = range(noun + 1, clause)
        within = all(_is_below(heads, k, noun) for k in between) and all(doc[k].text != "," for k in between)
        if within and heads[clause] in {noun, heads[noun]}:
            if heads[clause] == noun:
                heads[clause] = heads[noun]
            deps[clause] = "advcl"
            heads[noun], deps[noun] = clause, "nsubj"
            heads[i], deps[i] = clause, "mark"


def _is_below(heads: Sequence[int], i: int, above: int) -> bool:
    """Whether a token hangs on another, through a few others at most."""
    for _ in range(_NEAR):
        if i == above:
            return True
        i = heads[i]
    return False


def _joined(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang on a noun what a preposition joins to it, where both were taken for subjects.

    "Thousands of farmers marched", "diplomats in Accra said".
    """
    for i in range(1, len(heads)):
        noun = heads[i]
        both = deps[noun] == "nsubj" == deps[i - 1] and heads[noun] == heads[i - 1]
        if both and doc[i].text in _JOINING and deps[i] == "case" and i < noun:
            heads[noun], deps[noun] = i - 1, "nmod"


def _appositions(doc: Doc, heads: list[int], deps: list[str]) -> None:
    """Hang a name behind a comma on the noun before it, not beside it: "relatives of the leader, Ana Vela"."""
    cased = {heads[i] for i, dep in enumerate(deps) if dep == "case"}
    for i in range(2, len(heads)):
        noun = i - 2
        beside = deps[i] in _BESIDE and i not in cased and noun in cased and doc[noun].pos_ == "NOUN"
        if beside and doc[i].pos_ == "PROPN" and doc[i - 1].text == "," and heads[noun] == heads[i]:
            heads[i], deps[i] = noun, "appos"


def _marks(heads: list[int], deps: Sequence[str]) -> None:
    """Hang a conjunction on the clause behind it, which it opens, not on the one before: "stay until both sign"."""
    for i, dep in enumerate(deps):
        if dep == "mark" and heads[i] < i:
            behind = range(i + 1, min(i + _NEAR, len(heads)))
            clause = next((k for k in behind if heads[k] == heads[i] and deps[k] in _TAKING), None)
            if clause is not None:
                heads[i] = clause


def _interruptions(doc: Doc, heads: list[int], deps: list[str], subjects: Mapping[int, int]) -> None:
    """Hang who speaks between a subject and its verb on that verb: "it was calm; the army, he wrote, had left"."""
    for verb, subject in subjects.items():
        for i in range(subject + 2, min(verb - 1, subject + _NEAR)):
            own = subjects.get(i)
            between = deps[i] == "parataxis" and own is not None and subject < own < verb and heads[i] < subject
            if between and doc[subject + 1].text == "," and doc[max(i, own or 0) + 1].text == ",":
                heads[i] = verb


def _phrase(heads: Sequence[int], deps: Sequence[str], i: int) -> int:
    """The head of the noun phrase that ends in a token."""
    while heads[i] < i and deps[i] in _NOMINAL:
        i = heads[i]
    return i


def _coordinated(
    doc: Doc, heads: Sequence[int], deps: Sequence[str], subjects: Mapping[int, int], finite: Set[int]
) -> list[int]:
    """The heads, with the coordinated verbs that hang too low hung higher."""
    mended = list(heads)
    helped = {heads[i] for i, dep in enumerate(deps) if dep in {"aux", "aux:pass", "cop"}}
    for i, dep in enumerate(deps):
        if dep != "conj" or i in subjects or i in finite or doc[i].pos_ != "VERB":
            continue
        tense = next((tags for tags in (_PAST, _PRESENT) if doc[i].tag_ in tags), None)
        first = heads[i]
        if doc[i].tag_ == "VBN" and doc[first].tag_ == "VB" and i not in helped:
            tense = _PAST  # "said he would go and warned that": beside "go" it can be no participle
        if tense is None or doc[first].pos_ != "VERB" or doc[first].tag_ not in _INFINITE:
            continue
        governor = _governor(doc, heads, deps, first, tense)
        if governor is not None and governor < i:
            mended[i] = governor
    return mended


def _infinitives(doc: Doc, heads: list[int], deps: Sequence[str]) -> None:
    """Hang infinitives with "to" on the verb of asking that lacks one, and beside their like."""
    marked = {heads[i] for i, dep in enumerate(deps) if dep == "mark" and doc[i].tag_ == "TO"}
    taken = {heads[i] for i in marked if deps[i] in _TAKING}
    asked = {
        i: heads[i]
        for i, dep in enumerate(deps)
        if dep in {"obj", "iobj", "obl"} and doc[heads[i]].pos_ == "VERB" and doc[heads[i]].lemma_ in _ASKING
    }
    for i in sorted(marked):
        inner = heads[i]
        if deps[i] in {"advcl", "xcomp"} and deps[inner] == "acl:relcl" and doc[inner].lemma_ not in _ASKING:
            verb = asked.get(heads[inner])
            # "the general who tried to flee" keeps its own.
            complete = any(heads[k] == inner and deps[k] in {"obj", "obl"} for k in range(inner + 1, i))
            if verb is not None and verb not in taken and complete:
                heads[i] = verb
        elif deps[i] == "conj" and doc[i].tag_ == "VB" and doc[inner].tag_ == "VBG" and inner not in marked:
            governor = _governor(doc, heads, deps, inner, frozenset({"VB"}))
            if governor is not None and governor in marked and governor < i:
                heads[i] = governor


def _lasting(doc: Doc, heads: list[int], deps: Sequence[str]) -> None:
    """Hang a clause with "until" on the infinitive before it, not on the verb that the infinitive completes."""
    infinitives = {heads[i]: i for i, dep in enumerate(deps) if dep == "xcomp" and doc[i].tag_ == "VB"}
    for i, dep in enumerate(deps):
        clause = heads[i]
        if dep != "mark" or deps[clause] != "advcl" or doc[i].lower_ not in _ENDING or doc[i - 1].text == ",":
            continue
        while heads[clause] < (inner := infinitives.get(heads[clause], i)) < i:
            heads[clause] = inner


def _one_subject(doc: Doc, heads: list[int], deps: list[str], subjects: Mapping[int, int]) -> None:
    """Give one of two subjects of a verb to the clause that has none: the first before the verb, the second behind.

    The second belongs to the verb right before it, too: "The delegation, said Gama, had left".
    """
    named: dict[int, list[int]] = {}
    opened: dict[int, int] = {}
    for i, dep in enumerate(deps):
        if dep in {"nsubj", "nsubj:pass"}:
            named.setdefault(heads[i], []).append(i)
        elif dep == "mark":
            opened.setdefault(heads[i], i)
    for i, dep in enumerate(deps):
        mine = named.get(heads[i], ())
        if i in subjects or len(mine) != 2:
            continue
        if dep == "ccomp" and mine[0] < i < mine[1] and deps[mine[0]] == deps[mine[1]] == "nsubj":
            heads[mine[0]] = i
        elif dep == "advcl" and mine[0] < heads[i] < opened.get(i, -1) < mine[1] < i:
            heads[mine[1]] = i
    for both in named.values():
        verb = both[-1] - 1
        free = len(both) == 2 and verb > both[0] and verb not in subjects and doc[verb].tag_ in _PAST | _PRESENT
        if free and doc[verb].pos_ == "VERB" and heads[both[-1]] != verb:
            heads[both[-1]], deps[both[-1]] = verb, "nsubj"


def _governments(doc: Doc, heads: list[int], deps: Sequence[str]) -> None:
    """Let a movement stand beside a government, not beside the country that this governs.

    A genitive before both is of the first of them: "Togo's government and opposition parties".
    """
    for i, dep in enumerate(deps):
        country = heads[i]
        if dep == "nmod:poss" and deps[country] == "conj" and i < heads[country] < country:
            heads[i] = heads[country]
        if dep != "conj" or doc[i].ent_type_ != "ORG" or deps[country] != "nmod" or doc[country].ent_type_ != "GPE":
            continue
        if doc[heads[country]].lemma_.lower() in _RULING and doc[heads[country]].tag_ != "NNS":
            heads[i] = heads[country]


def _main_clauses(
    doc: Doc, heads: Sequence[int], deps: Sequence[str], subjects: Mapping[int, int], finite: Set[int]
) -> tuple[list[int], list[str]]:
    """Heads and relations, with the clause as root where a sentence would be a phrase with a preposition alone."""
    mended, named = list(heads), list(deps)
    cased = {heads[i] for i, dep in enumerate(deps) if dep == "case" and i < heads[i]}
    for i, dep in enumerate(deps):
        phrase = heads[i]
        if dep != "acl:relcl" or heads[phrase] != phrase or phrase not in cased or phrase in subjects:
            continue
        subject = subjects.get(i, -1)
        if not phrase < subject < i or not (i in finite or doc[i].tag_ in _FINITE):
            continue
        if any(doc[between].tag_ in _RELATIVE for between in range(phrase + 1, i)):
            continue
        mended[i], named[i] = i, "root"
        mended[phrase], named[phrase] = i, "obl"
        for after in range(i + 1, doc[i].sent.end):
            if mended[after] == phrase:
                mended[after] = i
    return mended, named


def _governor(doc: Doc, heads: Sequence[int], deps: Sequence[str], i: int, tense: frozenset[str]) -> int | None:
    """The nearest verb of this tense that governs the token."""
    for _ in range(8):
        if deps[i] not in _CLAUSAL:
            return None
        i = heads[i]
        if doc[i].pos_ == "VERB" and doc[i].tag_ in tense:
            return i
    return None
