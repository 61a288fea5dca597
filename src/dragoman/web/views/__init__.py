"""A function a page: from the archive and what was asked to what the page shows."""
