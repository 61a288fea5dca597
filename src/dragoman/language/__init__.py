"""Article text to annotated spaCy Docs."""

from dragoman.language.pipeline import load

__all__ = ["load"]
