"""What is known beforehand: countries, bodies, groups, persons and their offices, conflicts, and the words for them."""

from dragoman.knowledge.actors import Country, Entity
from dragoman.knowledge.conflicts import Conflict
from dragoman.knowledge.knowledge import Knowledge, data_files, load_knowledge
from dragoman.knowledge.nouns import AgentNoun
from dragoman.knowledge.offices import Tenure

__all__ = ["AgentNoun", "Conflict", "Country", "Entity", "Knowledge", "Tenure", "data_files", "load_knowledge"]
