"""From where a request really comes: what a visitor writes into a header counts for nothing."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from samoe.settings import Settings


def peer_of(host: str, forwarded_for: str, settings: Settings) -> str:
    """The address of the visitor: the connection's, or what the nearest proxies of ours say of it.

    ``X-Forwarded-For`` is read from the right for as long as each address is one of ``settings.trusted_proxies``
    (addresses or networks); the first that is not is the visitor's.
    """
    peer = host
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    while hops and _ours(peer, settings.trusted_proxies):
        peer = hops.pop()
    return peer[:64]


def _ours(address: str, proxies: tuple[str, ...]) -> bool:
    try:
        found = ip_address(address)
        return any(found in ip_network(proxy, strict=False) for proxy in proxies)
    except ValueError:
        return False
