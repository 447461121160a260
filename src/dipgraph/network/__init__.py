"""The store as networkx graphs, their measures, their files. Knows nothing of how text is read."""
