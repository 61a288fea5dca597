"""Lists of words that the finders of this room ask for, read from `data/wordlists.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Words that several modules ask for.

    Attributes:
        periods: stretches of time and rows of meetings ("three days of talks").
        longer_periods: more of them, which do not count in who deals with whom.
        insisting: verbs that make what follows a condition.
    """

    periods: frozenset[str]
    longer_periods: frozenset[str]
    insisting: frozenset[str]

    @property
    def all_periods(self) -> frozenset[str]:
        """The longer periods among them."""
        return self.periods | self.longer_periods


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """Words of who meets whom.

    Attributes:
        mutual: verbs of what several do with each other.
        receiving: verbs of a meeting only where somebody else is met.
        coming: verbs by which one comes to another, or sits down with him.
        with_or_to: verbs that name the ones met behind "with", "to" or "from" too.
        with_only: verbs that name them behind "with" alone.
        of_things: verbs whose object is never somebody met.
        travelling: of the coming ones, those after which the place tells who is seen.
        nouns: nouns of a meeting beside the class of talks.
        bargaining: nouns for bargaining.
        table: nouns of talks that are the parties' also where nobody is named.
        brief: nouns too brief to come to an outcome.
        seeing: verbs by which two outsiders consult nobody.
        not_beside: words beside a noun that make it no meeting of the parties.
        officials: those who speak for a side, of both where nobody is named.
        panels: bodies that may be of both sides.
        joint: adjectives that say so.
        states: nouns that say so, as those whose body it is.
        counterparts: whom a side meets on the other.
        persons: as many as two of them are the sides ("the two men").
        envoys: who is sent to talks.
        sitting: verbs of those who sit at the table.
        attending: of these, those that need neither a part nor a team.
        gathering: "brought the two men together".
        handshakes: "shook hands".
        closeted: forms by which time spent was spent in talks.
        hosting: verbs by which a third party carries talks.
        going: "sent an envoy to Bishkek for talks".
        hoping: "hopes to bring the parties together".
        wanted: words under which talks are wanted, offered, refused or judged, not held.
        planned: words under which they are still ahead.
        arranged: of these, those that in the past tell of talks that were held.
        cancelling: verbs after which planned talks are not held.
        putting: verbs after which they are not, with one of the particles in `away`: "put off", "called off".
        away: those particles.
        promises: nouns of what is to be done: "an undertaking to meet in April".
        remote: words by which talks have no place of their own.
    """

    mutual: frozenset[str]
    receiving: frozenset[str]
    coming: frozenset[str]
    with_or_to: frozenset[str]
    with_only: frozenset[str]
    of_things: frozenset[str]
    travelling: frozenset[str]
    nouns: frozenset[str]
    bargaining: frozenset[str]
    table: frozenset[str]
    brief: frozenset[str]
    seeing: frozenset[str]
    not_beside: frozenset[str]
    officials: frozenset[str]
    panels: frozenset[str]
    joint: frozenset[str]
    states: frozenset[str]
    counterparts: frozenset[str]
    persons: frozenset[str]
    envoys: frozenset[str]
    sitting: frozenset[str]
    attending: frozenset[str]
    gathering: frozenset[str]
    handshakes: frozenset[str]
    closeted: frozenset[str]
    hosting: frozenset[str]
    going: frozenset[str]
    hoping: frozenset[str]
    wanted: frozenset[str]
    planned: frozenset[str]
    arranged: frozenset[str]
    cancelling: frozenset[str]
    putting: frozenset[str]
    away: frozenset[str]
    promises: frozenset[str]
    remote: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Words of conditions and assessments.

    Attributes:
        judging: verbs by which somebody judges without a statement.
        naming: "called it a win for everyone".
        judged: what is so named besides talks and deals.
        course: how talks go and what comes of them.
        telling: what is only told of talks and deals.
        faulting: what talks or a deal are faulted for.
        fearing: verbs of doubting and expecting how it will go on.
        cautioning: verbs by which bystanders judge, too.
        bystanders: who is heard on the talks without a part in them.
        owning: besides the insisting verbs, those before which the one stands whose condition it is.
        sides: in the plural, those of whom a third party says what they must do.
        yielding: what the other side asks for, and what sides at a table do.
        ordering: what one says to his own men.
        wishing: "wants the court to decide".
        dropping: "gave up its demand".
        saying: verbs of saying in passing.
    """

    judging: frozenset[str]
    naming: frozenset[str]
    judged: frozenset[str]
    course: frozenset[str]
    telling: frozenset[str]
    faulting: frozenset[str]
    fearing: frozenset[str]
    cautioning: frozenset[str]
    bystanders: frozenset[str]
    owning: frozenset[str]
    sides: frozenset[str]
    yielding: frozenset[str]
    ordering: frozenset[str]
    wishing: frozenset[str]
    dropping: frozenset[str]
    saying: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Words of who mediates, and as what.

    Attributes:
        mediating: verbs that make a mediator of whoever does them.
        acting: "acts as guarantor".
        leading: verbs under which "with the support of" names another who mediates.
        support: the nouns of it.
        appointing: verbs by which a body names him through whom it mediates.
        helped: whom or what helpers help.
        assisting: verbs of it that do without anybody named.
        backing: verbs of helping that take more than a mediator for their object.
        persuading: "got the two men to sit down".
        sitting: what they are got to do.
        providing: "provided the venue".
        running: "took over the mediation".
        processes: what is so run.
        sides: whoever invites or leads one alone of these mediates nothing.
        bringing: verbs of which that does not hold.
        posts: posts in which somebody acts for a body.
        heading: verbs and nouns of who holds a body.
        together: "together with Mr Skerrit".
        powers: "the three guarantor powers".
        offering: words by which an offer says that it is one.
        lending: words of help, which is with anything.
        teams: teams that mediate where a word beside them says so.
        belonging: verbs of being in one.
        comprising: verbs of a team that say who is in it.
        members: nouns of who is in it.
    """

    mediating: frozenset[str]
    acting: frozenset[str]
    leading: frozenset[str]
    support: frozenset[str]
    appointing: frozenset[str]
    helped: frozenset[str]
    assisting: frozenset[str]
    backing: frozenset[str]
    persuading: frozenset[str]
    sitting: frozenset[str]
    providing: frozenset[str]
    running: frozenset[str]
    processes: frozenset[str]
    sides: frozenset[str]
    bringing: frozenset[str]
    posts: frozenset[str]
    heading: frozenset[str]
    together: frozenset[str]
    powers: frozenset[str]
    offering: frozenset[str]
    lending: frozenset[str]
    teams: frozenset[str]
    belonging: frozenset[str]
    comprising: frozenset[str]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class CodedWords:
    """Words of steps that coded events tell.

    Attributes:
        refusing: refusing in so many words.
        denying: verbs that take no step at all.
        claims: what is denied or turned down where it is no step.
        pleading: verbs softer than a demand, whoever says it.
        achieved: verbs of having persuaded, which ask for nothing.
        objecting: "will not object" refuses nothing.
        acknowledging: "does not recognise the court".
        demands: besides the insisting verbs, nouns of a demand.
        help: what a party asks a third party for.
        backing: verbs of taking a side: "which back the rebels".
        doubting: verbs of doubt, no criticism of anybody.
        particles: verbs that refuse only with their adverb, with it.
    """

    refusing: frozenset[str]
    denying: frozenset[str]
    claims: frozenset[str]
    pleading: frozenset[str]
    achieved: frozenset[str]
    objecting: frozenset[str]
    acknowledging: frozenset[str]
    demands: frozenset[str]
    help: frozenset[str]
    backing: frozenset[str]
    doubting: frozenset[str]
    particles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordLists:
    """What `data/wordlists.toml` holds, table by table."""

    shared: SharedWords
    meetings: MeetingWords
    stances: StanceWords
    roles: RoleWords
    coded: CodedWords


@cache
def load_wordlists() -> WordLists:
    """The lists that ship, read once."""
    data = tomllib.loads(resources.files(__package__).joinpath("data", "wordlists.toml").read_text(encoding="utf-8"))
    return WordLists(
        shared=SharedWords(**_lists(data["shared"])),
        meetings=MeetingWords(**_lists(data["meetings"])),
        stances=StanceWords(**_lists(data["stances"])),
        roles=RoleWords(**_lists(data["roles"])),
        coded=CodedWords(**_lists(data["coded"])),
    )


def _lists(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table with its lists as sets; a table within it stays as it is."""
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in table.items()}
