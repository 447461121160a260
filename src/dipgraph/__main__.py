"""`python -m dipgraph`: the command line."""

from dipgraph.cli import main

main()
