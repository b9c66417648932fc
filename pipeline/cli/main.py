"""`samsyn`: commands, their options, and how errors leave the program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.errors import SamsynError

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="samsyn")
def cli() -> None:
    """Turn workshop material (decks, notes) into structured data and summaries."""


@cli.command("run")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o",
    "--output",
    default="out",
    show_default=True,
    metavar="FOLDER",
    help="Where to write; - writes the dataset to standard output.",
)
@click.option(
    "--lang",
    metavar="CODE",
    help="Language of the material (sv, en); else it is told by its words.",
)
@click.option(
    "--year", type=click.IntRange(1900, 2100), help="Year of sessions that do not state theirs."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["json", "docx"]),
    help="What to write per session; may be given twice.  [default: both]",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Files read at once.  [default: one per core]"
)
@click.option("-v", "--verbose", is_flag=True, help="Also show remarks and a line per file.")
def run_command(
    inputs: tuple[Path, ...], output: str, lang: str | None, year: int | None,
    formats: tuple[str, ...], jobs: int | None, verbose: bool,
) -> None:  # fmt: skip
    """Read INPUTS (files and folders) and write what they say.

    FOLDER gets dataset.json, and per session a folder with session.json and summary.docx.
    Ends with 0 if all was read, 1 if some input could not be read, 2 if asked wrongly.
    """
    from pipeline.cli.run import Request, run_inputs

    lang = lang.lower() if lang else None
    request = Request(inputs, output, lang, year, formats or ("json", "docx"), jobs, verbose)
    sys.exit(run_inputs(request))


@cli.command("show")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-p",
    "--page",
    "pages",
    multiple=True,
    type=click.IntRange(1),
    help="Only this page; may be given again.",
)
def show_command(file: Path, pages: tuple[int, ...]) -> None:
    """Show what was read from FILE as an outline: titles, lists, tables, notes."""
    from pipeline.cli.outline import outline
    from pipeline.flow import read_file

    document = read_file(file, file.name)
    beyond = [p for p in pages if p > len(document.pages)]
    if beyond:
        raise click.BadParameter(
            f"{file.name} has {len(document.pages)} pages", param_hint="--page"
        )
    click.echo(outline(document, pages), nl=False)


@cli.command("schema")
@click.argument("name", type=click.Choice(["dataset", "document"]))
def schema_command(name: str) -> None:
    """Print the JSON Schema (2020-12) of the dataset or of the document model."""
    from pipeline.queries.schema import schema_json

    click.echo(schema_json(name), nl=False)


@cli.command("validate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def validate_command(files: tuple[Path, ...]) -> None:
    """Check that FILES (dataset.json, session.json) follow the schema."""
    from pipeline.queries.schema import validate

    failed = False
    for file in files:
        try:
            dataset = validate(file.read_bytes())
        except SamsynError as error:
            failed = True
            click.echo(f"{file}: {error.message}\n  {error.hint}", err=True)
        else:
            click.echo(
                f"{file}: valid, {len(dataset.sessions)} sessions, "
                f"{len(dataset.commitments)} commitments, {len(dataset.challenges)} challenges"
            )
    sys.exit(1 if failed else 0)


def main() -> None:
    """Run the command; errors of our own tree become a message, a hint and an exit code."""
    try:
        cli(prog_name="samsyn")
    except SamsynError as error:
        click.echo(f"samsyn: {error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Somebody closed the pipe («samsyn show deck.pptx | head»): that is no error.
        sys.stderr.close()
        sys.exit(0)
