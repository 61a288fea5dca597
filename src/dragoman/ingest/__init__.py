"""Many articles into the archive: sources, readers and store meet here."""

from dragoman.ingest.local import LocalEngine
from dragoman.ingest.run import Engine, Report, ingest
from dragoman.ingest.work import Recipe, standard_recipe

__all__ = ["Engine", "LocalEngine", "Recipe", "Report", "ingest", "standard_recipe"]
