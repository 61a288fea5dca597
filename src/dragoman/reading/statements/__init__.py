"""Quotation attribution: what is said in an article, quoted or reported, and on whose word."""

from dragoman.reading.statements.attribution import FoundStatement, find_statements, speaker_of, statement_at

__all__ = ["FoundStatement", "find_statements", "speaker_of", "statement_at"]
