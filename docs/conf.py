"""How Sphinx builds the pages: `make docs`, then open docs/_build/html/index.html."""

from dragoman.version import VERSION

project = "Dragoman"
author = "The Dragoman authors"
release = VERSION
extensions = ["myst_nb"]  # MyST, and notebooks as they were last run (docs/notebook.py)
nb_execution_mode = "off"
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"Dragoman {VERSION}"
myst_heading_anchors = 3
# Pages also link to files of the repository that are no pages; a test of ours looks that they exist.
suppress_warnings = ["myst.xref_missing"]
