"""Who someone is, what they may do, and where."""

from samoe.identity.actor import Actor
from samoe.identity.permissions import Permission, Refused, require
from samoe.identity.roles import ROLES, Role

__all__ = ["ROLES", "Actor", "Permission", "Refused", "Role", "require"]
