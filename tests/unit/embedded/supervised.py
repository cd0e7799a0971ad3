"""A supervisor with the real database and object store, and stand-ins for worker and web server.

Run as a program, with the settings in its environment; ``SLOW_STEP`` is a step that takes that many seconds.
"""

import os
import sys
import time

from samoe.embedded.errors import PartError
from samoe.embedded.service import Service
from samoe.embedded.supervisor import Step, Supervisor
from samoe.settings import Settings

WORKER = "import time; time.sleep(3600)"
WEB = """
import http.server, os
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["SAMOE_PORT"])), http.server.SimpleHTTPRequestHandler
    ).serve_forever()
"""


def say(told: str) -> None:
    sys.stdout.write(told + "\n")
    sys.stdout.flush()


def main() -> None:
    settings = Settings.load()
    slow = float(os.environ.get("SLOW_STEP", "0"))
    steps = [Step("Taking a slow step", lambda _: time.sleep(slow))] if slow else []
    worker = Service("worker", settings, [sys.executable, "-c", WORKER])
    web = Service("web", settings, [sys.executable, "-c", WEB])
    try:
        Supervisor(settings, steps, worker, web, say).run(lambda address: say(f"open {address}"))
    except PartError as problem:
        say(f"refused {problem}")
        sys.exit(1)


if __name__ == "__main__":
    main()
