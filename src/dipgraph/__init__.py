"""dipgraph."""
