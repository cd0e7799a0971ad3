"""Serve an application by itself, as ``samoe web`` does: ``python -m tests.bench.serve MODULE:FACTORY PORT``."""

import sys

from granian import Granian
from granian.constants import Interfaces


def main() -> None:
    target, port = sys.argv[1], int(sys.argv[2])
    Granian(
        target, address="127.0.0.1", port=port, interface=Interfaces.ASGI, workers=1, factory=True, log_access=False
    ).serve()


if __name__ == "__main__":
    main()
