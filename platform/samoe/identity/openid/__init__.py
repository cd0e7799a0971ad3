"""Signing in at an OpenID Connect site: Keycloak, or any other certified provider.

The site says who somebody is; what they may do is Samoe's own business (``samoe.identity.memberships``).
"""

from samoe.identity.openid.provider import OpenId

__all__ = ["OpenId"]
