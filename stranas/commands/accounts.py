"""bin/stranas user: accounts without the web, for the first administrator and for emergencies."""

import secrets

import click

from stranas.commands.shell import Stop, app_context


def _role(word: str):
    from stranas.accounts.models import Role

    try:
        return Role(word)
    except ValueError:
        raise Stop(f"unknown role {word!r}; one of: {', '.join(role.value for role in Role)}") from None


def _agency_id(code: str | None) -> int | None:
    from stranas.agencies.queries import agency_ids

    if code is None:
        return None
    known = agency_ids()
    if code not in known:
        raise Stop(f"no agency has the code {code!r}")
    return known[code]


def _need_sound(*, email: str, name: str, position: str) -> None:
    """What the form of the people page would refuse, and a database without room would not keep."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as error:
        raise Stop(f"{email[:80]} is not an e-mail address: {error}") from None
    if not name.strip() or len(name) > 200 or len(position) > 200:
        raise Stop("--name needs 1 to 200 letters, --position at most 200")


def _person(email: str):
    from stranas.accounts.queries.people import person_by_email

    person = person_by_email(email)
    if person is None:
        raise Stop(f"no account has the address {email}")
    return person


@click.group()
def user() -> None:
    """Accounts: create, give or take a role, disable."""


@user.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", "role_word", required=True)
@click.option("--agency", "agency_code", help="code of the agency, for a role of an agency")
@click.option("--position", default="")
def create(email: str, *, name: str, role_word: str, agency_code: str | None, position: str) -> None:
    """Create an account; its password is printed once."""
    _need_sound(email=email, name=name, position=position)
    with app_context():
        from flask_security import hash_password

        from stranas.accounts import operations
        from stranas.system.db import unit_of_work

        password = secrets.token_urlsafe(12)
        hashed = hash_password(password)
        try:
            with unit_of_work():
                operations.create_person(
                    name=name,
                    email=email,
                    role=_role(role_word),
                    agency_id=_agency_id(agency_code),
                    position=position,
                    password_hash=hashed,
                )
        except operations.EmailTaken:
            raise Stop(f"an account with the address {email} exists already") from None
        except operations.RoleNeedsAgency:
            raise Stop(f"the role {role_word} needs --agency CODE") from None
    click.echo(f"created {email}\npassword, shown only now: {password}")


@user.command()
@click.argument("email")
@click.argument("role_word", metavar="ROLE")
@click.option("--agency", "agency_code", help="code of the agency, for a role of an agency")
@click.option("--remove", is_flag=True, help="take the role away")
def role(email: str, role_word: str, *, agency_code: str | None, remove: bool) -> None:
    """Give a role to an account, or take it away."""
    with app_context():
        from stranas.accounts import operations
        from stranas.system.db import unit_of_work

        with unit_of_work():
            person, wanted, agency_id = _person(email), _role(role_word), _agency_id(agency_code)
            try:
                if remove:
                    _take(person, wanted, agency_id)
                else:
                    operations.add_membership(person=person, role=wanted, agency_id=agency_id)
            except operations.RoleNeedsAgency:
                raise Stop(f"the role {role_word} needs --agency CODE") from None
    click.echo(f"{'removed from' if remove else 'given to'} {email}: {role_word}")


def _take(person, wanted, agency_id: int | None) -> None:
    from stranas.accounts import operations

    held = [m for m in person.memberships if m.role is wanted and m.agency_id == agency_id]
    if not held:
        raise Stop(f"{person.email} does not hold the role {wanted.value} there")
    operations.remove_membership(membership=held[0], actor_id=None)


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """Deactivate an account; whoever is signed in with it is out at once."""
    with app_context():
        from stranas.accounts import operations
        from stranas.system.db import unit_of_work

        with unit_of_work():
            operations.deactivate_person(person=_person(email), actor_id=None)
    click.echo(f"disabled {email}")


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
def verify() -> None:
    """Recompute the chain of seals; exit code 1 when a sealed row was changed or removed."""
    with app_context():
        from stranas.system.audit import verify as verify_trail

        result = verify_trail()
    if result.broken_at is not None:
        click.echo(f"broken at entry {result.broken_at}: it, or one before it, was changed or removed", err=True)
        raise SystemExit(1)
    click.echo(f"{result.sealed} sealed entries are as they were written; {result.unsealed} wait for the next seal")
