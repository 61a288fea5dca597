"""Ties: standing relations between actors that are not happenings.

lexicon   the words of relations and their kinds
parties   who stands at the ends
finding   the constructions
"""

from dragoman.reading.ties.finding import find_ties

__all__ = ["find_ties"]
