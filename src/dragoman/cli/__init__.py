"""The command line: one module a command, and the way in."""

from dragoman.cli.app import main

__all__ = ["main"]
