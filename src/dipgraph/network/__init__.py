"""The knowledge graph as networkx graphs: `projection` makes them, `measures` counts them, `export` writes them."""
