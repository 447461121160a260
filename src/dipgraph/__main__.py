"""`python -m dipgraph`."""

from dipgraph.cli import main

main()
