"""The command line: one click command a verb, thin. What is slow to import is imported inside the commands."""

import sys
from typing import Any

import click

from dipgraph.cli import analyzing, asking, judging, looking, ontologies, reading
from dipgraph.errors import DipgraphError


class Failure(click.ClickException):
    """An error of dipgraph's as click shows it: `Error: …` on stderr, and the exit code of its class."""

    def __init__(self, message: str, exit_code: int):
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]


class Verbs(click.Group):
    """A group that turns what dipgraph raises on purpose, Ctrl-C and the system's refusals into one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DipgraphError as error:
            raise Failure(str(error), error.exit_code) from error
        except KeyboardInterrupt:
            raise Failure("stopped by Ctrl-C; nothing was lost.", 130) from None
        except BrokenPipeError:
            raise
        except UnicodeEncodeError as error:
            if "\ud800" <= error.object[error.start] <= "\udfff":
                raise Failure(
                    "an argument or a file name is not valid UTF-8; rename it, or write it in UTF-8.", 2
                ) from None
            raise Failure(f"{error.encoding} cannot show this output; set PYTHONIOENCODING=utf-8.", 1) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{where}{error.strerror or error}.", 1) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they are used, not of the alphabet."""
        return list(self.commands)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dipgraph")
def main() -> None:
    """Read news about diplomacy into a knowledge graph, and ask it, draw it, check it.

    \b
      dipgraph demo                               everything once, on articles that come with it
      dipgraph build articles/ --into KG          your own articles
      dipgraph view KG -o graph.html --open       the graph in your browser
    """


for command in (
    reading.demo, reading.build, reading.extract, reading.explain,
    asking.query, asking.ask, asking.show, looking.view, looking.report, analyzing.analyze, looking.export, asking.check,
    judging.evaluate, ontologies.ontology,
):  # fmt: skip
    main.add_command(command)
