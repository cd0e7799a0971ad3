"""``samoe up``: everything of one home under one process."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException

from samoe.embedded.errors import PartError
from samoe.embedded.parts import Parts
from samoe.embedded.ports import is_free, next_free
from samoe.embedded.service import Service
from samoe.embedded.stopping import StopRequest
from samoe.settings import Part, Running, Settings

_ANSWER_WITHIN = 60.0
_ATTEMPTS = 5
_GLANCE = 0.25

Say = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """Something to do after the parts run and before the web server opens. Repeated at every start."""

    doing: str
    run: Callable[[Settings], object]


@dataclass
class Supervisor:
    """Starts the parts, takes the steps, starts worker and web server, and keeps all of them running."""

    settings: Settings
    steps: Sequence[Step]
    worker: Service
    web: Service
    say: Say
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        self.parts = Parts(self.settings)

    def run(self, when_open: Callable[[str], None]) -> None:
        """Run until asked to stop. ``when_open`` gets the address as soon as pages are served.

        Raises:
            PartError: this home is running already, the chosen port is taken, or a part does not start.
        """
        if not self.parts.locks.supervise():
            raise PartError(_already_running(self.settings))
        stop = StopRequest()
        for service in (self.worker, self.web):
            service.end_leftover()
        _refuse_taken_port(self.settings)
        Running.note(self.settings.home, supervisor=Part.of(os.getpid()), address="")
        try:
            self._open(stop, when_open)
            while not stop.within(_GLANCE):
                self._keep_up()
        except KeyboardInterrupt:
            self._tell("Stopped before everything was started.")
        finally:
            self._close()

    def _open(self, stop: StopRequest, when_open: Callable[[str], None]) -> None:
        self._tell("Starting PostgreSQL and the object store ...")
        self.parts.start()
        with stop.interruptible():
            for step in self.steps:
                self._tell(f"{step.doing} ...")
                step.run(self.settings)
        self.worker.start()
        port = self._open_web(stop)
        address = replace(self.settings, port=port).address
        Running.note(self.settings.home, address=address)
        when_open(address)

    def _open_web(self, stop: StopRequest) -> int:
        """Start the web server and wait for its first answer; moves on when somebody takes the port first."""
        for _attempt in range(_ATTEMPTS):
            port = _port(self.settings)
            self.web.start(port=port)
            give_up = time.monotonic() + _ANSWER_WITHIN
            while self.web.alive and time.monotonic() < give_up:
                if _answers(self.settings.host, port) and not stop.within(_GLANCE) and self.web.alive:
                    return port
                with stop.interruptible():
                    time.sleep(0.05)
            self.web.stop()
        raise PartError(f"The web server does not start: {self.web.last_words()} (see {self.web.log})")

    def _keep_up(self) -> None:
        for revived in self.parts.revive():
            self._tell(f"{revived} had ended and was started again.")
        for service in (self.worker, self.web):
            news = service.keep_up()
            if news is not None:
                self._tell(news)

    def _close(self) -> None:
        """Stop everything, in order; what one of them refuses does not keep the others up."""
        self._tell("Stopping ...")
        with ExitStack() as last_first:
            last_first.callback(self._close_parts)
            last_first.callback(self.worker.stop)
            last_first.callback(self.web.stop)

    def _close_parts(self) -> None:
        stopped = self.parts.stop()
        Running.note(self.settings.home, supervisor=None, address="")
        self._tell("Stopped." if stopped else "Stopped; the database stays up for another samoe command.")

    def _tell(self, news: str) -> None:
        """Nobody may be listening any more: a closed terminal is one of the reasons to stop."""
        with suppress(OSError):
            self.say(news)


def _already_running(settings: Settings) -> str:
    running = Running.of(settings.home)
    where = f" at {running.address}" if running.address else ""
    who = f" (process {running.supervisor.pid})" if running.supervisor else ""
    return f"Samoe is already running for {settings.home}{where}{who}. Another SAMOE_HOME can run beside it."


def _refuse_taken_port(settings: Settings) -> None:
    if settings.port_chosen and not is_free(settings.port, settings.host):
        another = next_free(settings.port, settings.host)
        raise PartError(f"Port {settings.port} is taken by another program. Choose another: SAMOE_PORT={another}")


def _port(settings: Settings) -> int:
    """The chosen port; otherwise the usual one or the next that is free."""
    if settings.port_chosen or is_free(settings.port, settings.host):
        return settings.port
    return next_free(settings.port, settings.host)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=10)  # noqa: S104
    try:
        connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
