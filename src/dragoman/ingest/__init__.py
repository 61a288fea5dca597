"""Many articles into the archive: sources, readers and store meet here."""

from dragoman.ingest.local import LocalEngine
from dragoman.ingest.reread import outdated, reread
from dragoman.ingest.run import Report, ingest
from dragoman.ingest.work import Engine, Recipe, standard_recipe

__all__ = ["Engine", "LocalEngine", "Recipe", "Report", "ingest", "outdated", "reread", "standard_recipe"]
