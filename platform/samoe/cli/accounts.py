"""``samoe accounts``: who can sign in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click
from sqlalchemy import select, text

from samoe.admin.members.jobs import tell_directory
from samoe.audit import record
from samoe.embedded.parts import using_parts
from samoe.identity import accounts, passwords, second_factor
from samoe.identity.members import add_member
from samoe.identity.memberships import Choice, choices
from samoe.identity.models import Account
from samoe.identity.openid import linking
from samoe.identity.restore import actor_of_member, system_actor
from samoe.identity.roles import ROLES
from samoe.identity.scopes import Reach
from samoe.identity.sessions import request_session
from samoe.identity.slips import issuing
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant


@click.group()
def command() -> None:
    """Accounts: who can sign in, and as what."""


@command.command(name="list")
def list_() -> None:
    """Print every account with its roles today. Passwords are kept as hashes only."""
    with using_parts(Settings.load()) as settings, request_session(settings) as db:
        for account in db.scalars(select(Account).order_by(Account.username)):
            held = " ".join(f"{choice.tenant_slug}:{choice.role}" for choice in choices(db, account.id))
            marks = " (demo)" * account.is_demo + " (disabled)" * (account.disabled_at is not None)
            click.echo(f"{account.username}\t{account.display_name}\t{held or '-'}{marks}")


@command.command()
@click.argument("username")
@click.option("--name", help="The person's name, for a new account.")
@click.option("--tenant", required=True, help="Slug of the province, or fund.")
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True)
@click.option("--district", "districts", multiple=True, help="4-digit code; may be repeated.")
@click.option("--group", "groups", multiple=True, help="Slug of a target group; may be repeated.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day (C.E.).")
def add(
    username: str, name: str | None, tenant: str, role: str, districts: tuple[str, ...], groups: tuple[str, ...],
    until: datetime | None,
) -> None:  # fmt: skip
    """Give USERNAME a role in a tenant; a new account's password is printed once.

    Where people sign in elsewhere (OIDC_ISSUER), USERNAME is an e-mail address and no password is made.
    """
    with using_parts(Settings.load()) as settings:
        with request_session(settings) as db:
            place = db.execute(select(Tenant).where(Tenant.slug == tenant)).scalar_one_or_none()
        if place is None:
            raise click.ClickException(f"There is no tenant {tenant}.")
        with tenant_session(Scope(place.id), settings) as db:
            account, password = accounts.find(db, username), None
            if account is None:
                if not name:
                    raise click.ClickException(f"There is no account {username}; give --name to make it.")
                there = settings.oidc_issuer is not None
                made = (accounts.create_elsewhere if there else accounts.create)(db, username=username, name=name)
                account, password = made.id, made.password or None
            reach = Reach(districts=districts or None, groups=groups or None)
            ends_on = until.date() if until else None
            service = system_actor(place)
            member = add_member(db, service, account_id=account, role=role, reach=reach, ends_on=ends_on)
            if settings.keeps_directory:
                tell_directory(db, service, member, letter=True)
    click.echo(f"{username} is {role} in {tenant}.")
    if settings.keeps_directory:
        click.echo("The worker sends an invitation to that address.")
    if password is not None:
        click.echo(f"Password (shown once, to be changed at the first sign-in): {password}")


@command.command()
@click.argument("username")
@click.option("--ask", is_flag=True, help="Type the new password instead of having one made.")
def password(username: str, *, ask: bool) -> None:
    """Set a new password for USERNAME and end all its sessions."""
    if Settings.load().oidc_issuer is not None:
        raise click.ClickException("Passwords are kept by the sign-in service (OIDC_ISSUER): set a new one there.")
    chosen = click.prompt("New password", hide_input=True, confirmation_prompt=True) if ask else passwords.invented()
    with using_parts(Settings.load()) as settings, request_session(settings) as db:
        account = accounts.find(db, username)
        if account is None:
            raise click.ClickException(f"There is no account {username}.")
        accounts.set_password(db, account, chosen, must_change=not ask)
        _tell(settings, account, choices(db, account), "password_reset")
    if not ask:
        click.echo(f"Password (shown once, to be changed at the first sign-in): {chosen}")


@command.command(name="second-factor-off")
@click.argument("username")
def second_factor_off(username: str) -> None:
    """Take away USERNAME's second factor, for whoever lost telephone and recovery codes; all its sessions end."""
    with using_parts(Settings.load()) as settings, request_session(settings) as db:
        account = accounts.find(db, username)
        if account is None:
            raise click.ClickException(f"There is no account {username}.")
        if not second_factor.drop(db, account):
            raise click.ClickException(f"{username} has no second factor.")
        _tell(settings, account, choices(db, account), "second_factor_reset")
    click.echo(f"{username} signs in with the password alone and can set up another.")


@command.command()
@click.argument("username")
@click.option("--tenant", required=True, help="Slug of the province.")
@click.option("--new-pin", is_flag=True, help="No PIN of before is good any more.")
def slip(username: str, tenant: str, *, new_pin: bool) -> None:
    """Print a slip with which USERNAME binds a telephone, once, within 7 days (roles that a slip opens only)."""
    with using_parts(Settings.load()) as settings:
        if not settings.slips:
            raise click.ClickException("SAMOE_SLIPS is off: no slip opens anything.")
        place, member = _by_slip(settings, username, tenant)
        with tenant_session(Scope(place.id), settings) as db:
            made = issuing.issue(db, settings, system_actor(place), member, new_pin=new_pin)
    click.echo(f"Code (shown once, to be typed at {settings.address}/slip): {made.shown}")


@command.command(name="phones-off")
@click.argument("username")
@click.option("--tenant", required=True, help="Slug of the province.")
def phones_off(username: str, tenant: str) -> None:
    """Take back every telephone and slip of USERNAME: whoever is signed in with one is out at once."""
    with using_parts(Settings.load()) as settings:
        place, member = _by_slip(settings, username, tenant)
        with tenant_session(Scope(place.id), settings) as db:
            issuing.take_all_back(db, system_actor(place), member)
    click.echo(f"{username} needs a new slip.")


def _by_slip(settings: Settings, username: str, slug: str) -> tuple[Tenant, UUID]:
    """The tenant, and the membership with which this account signs in by slip there."""
    with request_session(settings) as db:
        place = db.execute(select(Tenant).where(Tenant.slug == slug)).scalar_one_or_none()
        account = accounts.find(db, username)
        held = choices(db, account) if account else []
    member = next((c.membership_id for c in held if c.tenant_slug == slug and ROLES[c.role].slip), None)
    if place is None or member is None:
        raise click.ClickException(f"{username} has no role in {slug} that a slip opens.")
    return place, member


@command.command()
@click.argument("username")
@click.argument("subject")
def link(username: str, subject: str) -> None:
    """Give USERNAME to the user whom the sign-in service (OIDC_ISSUER) calls SUBJECT; its password and sessions end."""
    with using_parts(Settings.load()) as settings:
        if settings.oidc_issuer is None:
            raise click.ClickException("OIDC_ISSUER is not set: there is no sign-in service to link to.")
        linking.link(settings, username, settings.oidc_issuer, subject)
    click.echo(f"{username} signs in at {settings.oidc_issuer} from now on.")


@command.command()
@click.argument("usernames", nargs=-1)
@click.option("--demo", is_flag=True, help="All demo accounts.")
def disable(usernames: tuple[str, ...], *, demo: bool) -> None:
    """Close accounts: whoever is signed in under them is signed out at once."""
    if not usernames and not demo:
        raise click.UsageError("Name accounts, or --demo.")
    with using_parts(Settings.load()) as settings:
        follow: list[Choice] = []
        with request_session(settings) as db:
            names = list(usernames)
            if demo:
                found = db.execute(text("select username from accounts where is_demo and disabled_at is null"))
                names += found.scalars()
            for username in names:
                account = accounts.find(db, username)
                if account is None:
                    raise click.ClickException(f"There is no account {username}.")
                held, closed = choices(db, account), accounts.disable(db, account)
                _tell(settings, account, held, "account_closed")
                follow += held
                click.echo(f"{username} is closed." if closed else f"{username} was closed already.")
        if settings.keeps_directory:
            _close_there(settings, follow)


def _close_there(settings: Settings, held: list[Choice]) -> None:
    """Have the worker close what is closed here at the sign-in service, too: after the accounts' own transaction."""
    for choice in held:
        actor = actor_of_member(settings, choice.tenant_id, None)
        if actor is not None:
            with tenant_session(actor.scope, settings) as db:
                tell_directory(db, actor, choice.membership_id)


def _tell(settings: Settings, account_id: UUID, held: list[Choice], verb: str) -> None:
    """Write the deed into the audit trail of every tenant where the account is a member."""
    for tenant_id in sorted({choice.tenant_id for choice in held}):
        actor = actor_of_member(settings, tenant_id, None)
        if actor is not None:
            with tenant_session(actor.scope, settings) as db:
                record(db, actor, verb, "account", account_id)
