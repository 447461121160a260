"""One SPARQL query in a process of its own, which can be stopped, and which alone dies of a query that crashes the engine.

`python -m dipgraph.cli.worker KG` reads the query from the standard input and prints its answer as JSON.
"""

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from dipgraph.errors import DipgraphError, QueryError, StoreError

if TYPE_CHECKING:
    from dipgraph.pipeline.answers import Table


def answered(graph: str, sparql: str, seconds: float) -> "Table":
    """The answer to a query; QueryError if it takes longer than `seconds` or brings the engine down."""
    from dipgraph.pipeline.answers import Table

    command = [sys.executable, "-P", "-m", "dipgraph.cli.worker", graph]  # -P: no module from the working folder
    try:
        text = sparql.encode()
    except UnicodeEncodeError:
        raise QueryError("The query is not valid UTF-8; write it in that encoding.") from None
    try:
        done = subprocess.run(command, input=text, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"The query took longer than {seconds:g} seconds and was stopped; narrow it, or give it more by --timeout."
        ) from None
    if done.returncode in (QueryError.exit_code, StoreError.exit_code):
        raise {QueryError.exit_code: QueryError, StoreError.exit_code: StoreError}[done.returncode](
            done.stdout.decode()
        )
    if done.returncode == 1:  # an exception that nobody caught
        why = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise QueryError(f"The query could not be run, by a fault of dipgraph or of its installation ({why}).")
    if done.returncode:
        raise QueryError(
            "The query brought the query engine down (it is nested too deeply, or its answer is too large); simplify it."
        )
    answer = json.loads(done.stdout)
    return Table(tuple(answer["columns"]), tuple(tuple(row) for row in answer["rows"]))


def _serve(graph: str) -> int:
    from dipgraph.pipeline.answers import query

    try:
        table = query(graph, sys.stdin.buffer.read().decode())
    except DipgraphError as error:
        sys.stdout.buffer.write(str(error).encode())
        return error.exit_code
    sys.stdout.buffer.write(json.dumps({"columns": table.columns, "rows": table.rows}).encode())
    return 0


if __name__ == "__main__":
    sys.exit(_serve(sys.argv[1]))
