"""backup, restore, fsck: database and files, kept safe."""

from pathlib import Path

import click

from stranas.commands.shell import Stop, app_context


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the database, the files and the secrets to FILE (.tar.gz). Keep it as safe as the database."""
    with app_context():
        from stranas.system import backup

        try:
            manifest = backup.back_up(file)
        except backup.BackupError as error:
            raise Stop(str(error)) from None
        click.echo(_told(manifest))
        for sha256 in manifest["missing"]:
            click.echo(f"not whole in the storage: {sha256} (see fsck)", err=True)
        if manifest["missing"]:
            raise SystemExit(1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database and its storage from FILE. Stop the server and the worker before."""
    with app_context():
        from flask_migrate import upgrade

        from stranas.system import backup

        try:
            backup.verified(file)
            upgrade()
            manifest = backup.restore(file)
        except backup.BackupError as error:
            raise Stop(str(error)) from None
        click.echo(_told(manifest))


def _told(manifest: dict) -> str:
    files = sum(name.startswith("files/") for name in manifest["members"])
    return f"{sum(manifest['tables'].values())} rows of {len(manifest['tables'])} tables, {files} files"


@click.command()
def fsck() -> None:
    """Compare the rows of files with the bytes in the storage; exit code 1 when they differ."""
    with app_context():
        from stranas.system.fsck import problems

        count = 0
        for problem in problems():
            count += 1
            click.echo(problem)
        click.echo(f"{count} problems")
        if count:
            raise SystemExit(1)
