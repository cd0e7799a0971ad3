"""Free ports on the loopback address."""

import socket

# SeaweedFS listens a second time at port + 10000, so what we hand out stays below 55535.
_LOWEST, _HIGHEST = 20000, 55000
_GRPC = 10000


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(wanted: int = 0) -> int:
    """The wanted port when it is free, else one that the system gives."""
    if wanted and is_free(wanted):
        return wanted
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def free_block(wanted: int, size: int) -> int:
    """The first of ``size`` neighbouring ports that are free, each together with its gRPC twin."""
    if wanted and _block_is_free(wanted, size):
        return wanted
    start = _LOWEST + free_port() % 20000
    for first in range(start, _HIGHEST - size, size):
        if _block_is_free(first, size):
            return first
    raise OSError(f"no {size} neighbouring free ports below {_HIGHEST}")


def next_free(port: int, host: str) -> int:
    """The first free port above this one."""
    return next(candidate for candidate in range(port + 1, port + 200) if is_free(candidate, host))


def _block_is_free(first: int, size: int) -> bool:
    return all(is_free(port) and is_free(port + _GRPC) for port in range(first, first + size))
