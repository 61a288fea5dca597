"""The reading room: pages, a JSON API and feeds over an archive. `dragoman serve` opens it."""
