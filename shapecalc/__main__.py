"""`python -m shapecalc` is the command line."""

from .cli import main

main()
