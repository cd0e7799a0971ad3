"""The one list of permissions and the one door.

A name reads ``<resource>:<action>``. What a permission reaches (districts, groups, own cases) is not its business:
row-level security narrows every query and every write.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    HOME_READ = "home:read"
    FIGURES_READ = "figures:read"
    REPORT_READ = "report:read"
    REPORT_ISSUE = "report:issue"
    EXPORT_PERSONS = "export:persons"
    PROGRAMME_READ = "programme:read"
    PROGRAMME_CONFIGURE = "programme:configure"
    GROUP_CONFIGURE = "group:configure"
    CRITERIA_PUBLISH = "criteria:publish"
    MEMBER_MANAGE = "member:manage"
    SLIP_ISSUE = "slip:issue"
    """Adding members who sign in with a slip and a PIN, within one's own reach, and looking after how they do."""
    PERSON_READ = "person:read"
    PERSON_WRITE = "person:write"
    PERSON_REVEAL = "person:reveal"
    SENSITIVE_READ = "sensitive:read"
    """Answers to sensitive questions; who lacks it opens them one person at a time, with a reason (PERSON_REVEAL)."""
    PERSON_MERGE = "person:merge"
    INSTITUTION_READ = "institution:read"
    INSTITUTION_WRITE = "institution:write"
    IMPORT_READ = "import:read"
    IMPORT_RUN = "import:run"
    SCREEN_RUN = "screening:run"
    SCREEN_OVERRIDE = "screening:override"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    REFERRAL_ANSWER = "referral:answer"
    LIST_CERTIFY = "list:certify"
    SUBMISSION_UPDATE = "submission:update"
    REQUEST_READ = "request:read"
    REQUEST_PREPARE = "request:prepare"
    REQUEST_SUBMIT = "request:submit"
    REQUEST_REVIEW = "request:review"
    REQUEST_APPROVE = "request:approve"
    LEDGER_READ = "ledger:read"
    ENTITLEMENT_PREPARE = "entitlement:prepare"
    BATCH_PREPARE = "batch:prepare"
    BATCH_CHECK = "batch:check"
    BATCH_SIGN = "batch:sign"
    PAYMENT_RECONCILE = "payment:reconcile"
    TRANSFER_SEND = "transfer:send"
    TRANSFER_CONFIRM = "transfer:confirm"
    AUDIT_READ = "audit:read"
    PRIVACY_MANAGE = "privacy:manage"
    """Publishing wordings, refusing requests, carrying out erasures that somebody else prepared."""
    PRIVACY_READ = "privacy:read"
    PRIVACY_REQUEST = "privacy:request"
    """Registering and working on requests of data subjects; preparing an erasure."""
    EMERGENCY_OPEN = "emergency:open"
    """One record of a province, for an hour, with a reason: for who else sees no person at all."""
    EMERGENCY_REVIEW = "emergency:review"
    PROVINCE_OPEN = "province:open"
    CONTRACT_MANAGE = "contract:manage"
    """What provinces are compared by: national indicators, and reference rules of target groups."""
    COMPARE_PROVINCES = "provinces:compare"
    GROUP_RECOMMEND = "group:recommend"
    SERVICE_OPERATE = "service:operate"


FRESH = frozenset(
    {
        Permission.REQUEST_APPROVE, Permission.BATCH_CHECK, Permission.BATCH_SIGN,
        Permission.TRANSFER_SEND, Permission.TRANSFER_CONFIRM, Permission.EMERGENCY_OPEN,
    }
)  # fmt: skip
"""They let money go, or open a record from outside its province: to write with them one must have shown a short
while ago who one is (``samoe.identity.proof``)."""


class Refused(PermissionError):
    """The actor lacks a permission. Becomes a 403 page that says whom to ask; is written to the audit trail."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


class Holder(Protocol):
    @property
    def permissions(self) -> frozenset[Permission]: ...


def require(actor: Holder, permission: Permission) -> None:
    """Raise ``Refused`` unless the actor holds the permission. Every action calls this first."""
    if permission not in actor.permissions:
        raise Refused(permission)
