"""Tenants, areas, and the session that can see one tenant only."""

from samoe.tenancy.scope import EVERYTHING, NoTenant, Scope, current, use
from samoe.tenancy.session import acting_for, tenant_session

__all__ = ["EVERYTHING", "NoTenant", "Scope", "acting_for", "current", "tenant_session", "use"]
