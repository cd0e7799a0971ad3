"""``samoe criteria``: a target group's criteria."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from samoe.casework.publishing import actions as publishing
from samoe.casework.publishing.forms import ChangeForm
from samoe.cli import _acting
from samoe.embedded.parts import using_parts
from samoe.identity import Permission, require
from samoe.programmes.criteria import actions, queries
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.sdk import TreeError, read_tree
from samoe.settings import Settings
from samoe.targetgroups import rule_versions
from samoe.targetgroups.criteria import Sentence
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.targetgroups.rule_versions import Criteria
from samoe.targetgroups.tuning import checked, read_value
from samoe.tenancy import tenant_session

tenant_option = click.option("--tenant", required=True, help="The province, such as lampang.")
group_option = click.option("--target-group", "group", required=True, help="The target group; - and _ are alike.")
account_option = click.option("--as", "account", help="The account that acts.")


@click.group()
def command() -> None:
    """Criteria of a target group: what is in force, and publishing a new version."""


@command.command()
@tenant_option
@group_option
@click.option("--version", "asked", help="A version's number, or draft; otherwise the one in force.")
@click.option("--json", "as_json", is_flag=True, help="Print the rule and its settings as one JSON object.")
@account_option
def show(tenant: str, group: str, asked: str | None, account: str | None, *, as_json: bool) -> None:
    """Print a version of the criteria in words."""
    today = _acting.today()
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        require(actor, Permission.PROGRAMME_READ)
        with tenant_session(actor.scope, settings) as db:
            found = group_or_404(db, group)
            if asked == "draft":
                version = rule_versions.draft(db, found.slug)
            elif asked and asked.isdecimal():
                version = queries.version_or_404(db, found, int(asked))
            else:
                version = rule_versions.in_force(db, found.slug, today)
    if version is None:
        raise click.ClickException(f"{group} has no such criteria in {tenant}.")
    if as_json:
        click.echo(json.dumps(_as_json(version), ensure_ascii=False))
        return
    since = version.effective_on.isoformat() if version.effective_on else "the beginning"
    click.echo(f"version {version.number}, {version.state}, from {since}")
    _print(queries.worded(found, version, today))


@command.command()
@tenant_option
@group_option
@click.option("--set", "values", multiple=True, metavar="KEY=VALUE", help="A setting of the criteria; may be repeated.")
@click.option("--rule", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The rule as a JSON file.")
@click.option("--from", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The first day of its use.")
@click.option("--reason", help="Why. Needed once people were screened in a phase that is open.")
@click.option("--resolution", default="", metavar="ID", help="The resolution that decided it. Needed then, too.")
@account_option
def publish(
    tenant: str, group: str, values: tuple[str, ...], rule: Path | None, day: datetime, reason: str | None,
    resolution: str, account: str | None,
) -> None:  # fmt: skip
    """Publish the draft, changed by --set and --rule; begun from the version in force where there is none."""
    with using_parts(Settings.load()) as settings:
        actor = _acting.actor(settings, tenant, account)
        with tenant_session(actor.scope, settings) as db:
            found = group_or_404(db, group)
            draft = actions.start_draft(db, actor, found, _acting.today())
            draft = actions.save_draft(db, actor, found, _changed(found, draft, values, rule), draft.row_version)
            form = PublishForm(date(day.year, day.month, day.day), reason)
            version = publishing.publish(db, actor, found, ChangeForm(form, resolution), draft.row_version)
            words = queries.worded(found, version, _acting.today())
    click.echo(f"version {version.number} of {found.slug} is in force in {tenant} from {form.effective_on}")
    _print(words)


def _changed(group: EnabledGroup, draft: Criteria, values: tuple[str, ...], rule: Path | None) -> Picked:
    picked = queries.picked(draft)
    typed = _acting.pairs(values)
    known = {setting.slug: setting for setting in group.manifest.settings}
    tuned = {key: read_value(known[key], value) if key in known else value for key, value in typed.items()}
    shape = picked.shape
    if rule is not None:
        try:
            shape = Shape.of(read_tree(json.loads(rule.read_text(encoding="utf-8"))))
        except (ValueError, TreeError) as fault:
            raise click.ClickException(f"{rule}: {fault}") from fault
    return Picked(shape, {**picked.settings, **checked(group.manifest, tuned)})


def _as_json(version: Criteria) -> dict[str, Any]:
    return {
        "number": version.number, "state": version.state, "rule": version.rule, "settings": version.settings,
        "effective_on": version.effective_on.isoformat() if version.effective_on else None,
    }  # fmt: skip


def _print(words: Sentence, depth: int = 0) -> None:
    click.echo("  " * depth + ("- " if depth else "") + words.text)
    for part in words.parts:
        _print(part, depth + 1)
