"""bin/stranas: the command line. A contract: scripts rely on these words.

A wrong word ends with one English sentence and exit code 2, never with a traceback.
"""

import sys

import click

from config import SettingsError
from stranas.commands import accounts, check, demo, machinery, report, seed, start
from stranas.commands.reminding import remind
from stranas.commands.safekeeping import backup, fsck, restore


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Stranas PK: quarterly reporting on the corruption-prevention action plan."""


main.add_command(accounts.audit)
main.add_command(accounts.user)
main.add_command(seed.init)
main.add_command(seed.seed)
main.add_command(demo.demo)
main.add_command(machinery.worker)
main.add_command(machinery.jobs)
main.add_command(remind)
for command in (backup, restore, fsck):
    main.add_command(command)
main.add_command(start.prepare)
main.add_command(report.report)
main.add_command(check.check)


def run() -> None:
    try:
        main(standalone_mode=True)
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
