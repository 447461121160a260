"""The few errors raised on purpose. Each is one sentence for the user and carries its exit code."""

from collections.abc import Sequence


class DipgraphError(Exception):
    """Something the user can mend; `str(error)` says where, what, what is allowed and what to do."""

    exit_code = 1


class InputError(DipgraphError):
    """A file, table or article that cannot be read (exit code 2)."""

    exit_code = 2


class OntologyError(DipgraphError):
    """An ontology folder with faults (exit code 3); every fault is listed."""

    exit_code = 3

    def __init__(self, faults: Sequence[str]):
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class QueryError(DipgraphError):
    """A SPARQL query that cannot be parsed or run (exit code 4)."""

    exit_code = 4


class StoreError(DipgraphError):
    """A knowledge graph that cannot be opened or written; what it held before is kept (exit code 5)."""

    exit_code = 5


class EndpointError(DipgraphError):
    """A language model's endpoint that cannot be used at all: no other article would fare better (exit code 6)."""

    exit_code = 6


class ReplyError(EndpointError):
    """A language model's answer to one article that cannot be used; other articles may fare better."""
