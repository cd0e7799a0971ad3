"""What the site gave us for later is kept encrypted: whoever reads the database or a cookie cannot use it."""

from __future__ import annotations

import json

from jwcrypto.common import JWException, base64url_encode
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK

from samoe.settings import Settings

_HEADER = json.dumps({"alg": "dir", "enc": "A256GCM"})


def hide(settings: Settings, secret: str) -> str:
    """``secret``, readable for this copy of Samoe only."""
    sealed = JWE(secret.encode(), protected=_HEADER)
    sealed.add_recipient(_key(settings))
    return str(sealed.serialize(compact=True))


def reveal(settings: Settings, hidden: str) -> str | None:
    """What was hidden; None where it is not ours, or the secret key has changed since."""
    read = JWE()
    try:
        read.deserialize(hidden, key=_key(settings))
    except (JWException, ValueError):
        return None
    return str(read.payload.decode())


def _key(settings: Settings) -> JWK:
    return JWK(kty="oct", k=base64url_encode(settings.key("kept for the identity provider")))
