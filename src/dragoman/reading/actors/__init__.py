"""Everyone who acts in an article, resolved on the article's date.

names         known names by the longest match, unknown ones by the tree and the entity labels
owners        whose somebody is: countries and bodies before a noun and behind it
titles        which office and noun the words of a phrase make
facts         what a noun phrase says of the one it means: owners and titles, sector, gender
careers       what clauses say that somebody is, is made, leads or has left
introductions titles and appositions beside the name of a person
mentions      in one walk: named (with titles and appositions), nouns (descriptions, things), pronouns
involvement   whom the language model takes for somebody who acts or suffers, whatever his noun
senses        whether the name of a country or a city acts or is a place
linking       from names to the knowledge base, or to keys of their own
descriptions  offices, groups, sides; memory (what was told), view (who is in view), homes (whose army)
coreference   which mentions are one: names, then descriptions, then pronouns (salience)
"""

from dragoman.reading.actors.finding import find_actors
from dragoman.reading.actors.model import Actors, Mention
from dragoman.reading.actors.roster import everyone

__all__ = ["Actors", "Mention", "everyone", "find_actors"]
