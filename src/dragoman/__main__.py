"""`python -m dragoman`: the command line, where the command itself is not on the path."""

from dragoman.cli import main

if __name__ == "__main__":
    main()
