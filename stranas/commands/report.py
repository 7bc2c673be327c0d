"""report: the documents that the pages also give, as files."""

import os
import secrets
from pathlib import Path

import click

from stranas.commands.shell import Stop, app_context


@click.group()
def report() -> None:
    """Reports as files."""


@report.command()
@click.option("--program", "programme_key", required=True, help="like stranas-2019-2020")
@click.option("--period", "period_key", required=True, help="like B15")
@click.option("--agency", "agency_code", help="only this agency, like 33.23")
@click.option("--province", "province_code", help="only the agencies of this province, like 33")
@click.option("--format", "format_word", required=True, help="xlsx, pdf, json or csv")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="the file to write")
def compliance(
    programme_key: str,
    period_key: str,
    agency_code: str | None,
    province_code: str | None,
    format_word: str,
    output: Path,
) -> None:
    """The compliance report of one period."""
    from stranas.compliance.formats import Format

    if format_word not in {f.value for f in Format}:
        raise Stop(f"The format must be xlsx, pdf, json or csv, not {format_word}.")
    if agency_code and province_code:
        raise Stop("Give --agency or --province, not both.")
    if not output.absolute().parent.is_dir() or output.is_dir():
        raise Stop(f"The file {output} cannot be written: its folder is not there, or it is a folder itself.")
    document = _document(programme_key, period_key, agency_code, province_code)
    _write(output, Format(format_word).build(document))
    click.echo(f"{output}: {len(document.agencies.rows)} agencies, {document.subtitle}")


@report.command()
@click.option("--period", "period_key", help="only this period, like B15")
def reproduce(period_key: str | None) -> None:
    """Count every frozen edition again at its own cut-off; ends with 1 when a figure is another one."""
    with app_context():
        from stranas.compliance.queries.reproduction import reproductions
        from stranas.system.db import read_only

        with read_only():
            found = list(reproductions(period_key))
    for one in found:
        click.echo(f"{one.period_key} edition {one.number}: {one.words}")
    if not found:
        raise Stop("There is no frozen edition.")
    if not all(one.figures_agree for one in found):
        raise SystemExit(1)


def _document(programme_key: str, period_key: str, agency_code: str | None, province_code: str | None):
    """Reads in one short transaction; building the file holds none."""
    with app_context():
        from stranas.compliance.document import document
        from stranas.compliance.queries import Unknown, snapshot
        from stranas.system.db import read_only

        try:
            with read_only():
                seen = snapshot(
                    programme_key=programme_key,
                    period_key=period_key,
                    agency_code=agency_code,
                    province_code=province_code,
                )
        except Unknown as problem:
            raise Stop(f"There is no {problem.what} {problem.word}.") from None
        return document(seen, ranked=False)


def _write(output: Path, content: bytes) -> None:
    """Whole or not at all."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        os.replace(draft, output)
    except OSError as problem:
        raise Stop(f"The file {output} cannot be written: {problem.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)
