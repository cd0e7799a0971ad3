"""The embedded object store: SeaweedFS in one process, on the loopback address."""

import os
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from samoe.embedded.errors import PartError
from samoe.embedded.ports import free_block
from samoe.embedded.process import Process
from samoe.settings import Running, Secrets

BUCKET = "samoe"
_ANSWER_WITHIN = 60.0
_PROBE = "is-it-ready"
# Master, volume, filer and admin listen on the ports after the S3 port.
_PORTS = 5


def weed() -> Path | None:
    """The program, from the environment we run in or the system; None where it is not installed."""
    beside = Path(sys.prefix) / "bin" / "weed"
    found = beside if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


@dataclass
class ObjectStore:
    """The object store of one home."""

    home: Path
    process: Process | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.alive

    def start(self) -> None:
        """Make the store answer and hold the bucket: take over a running one, or start it.

        Where SeaweedFS is not installed the record says that files lie in the home's folder instead.

        Raises:
            PartError: it does not start.
        """
        program = weed()
        if program is None:
            Running.note(self.home, files_in_folder=True)
            return
        self.process = self._left() or self._spawn(program)
        self._await_bucket()
        Running.note(self.home, objectstore=self.process.part, files_in_folder=False)

    def stop(self) -> None:
        """Close the store in order, whichever process of this home started it."""
        process = self.process or self._left()
        if process is not None:
            process.end((signal.SIGTERM, 20.0))
        self.process = None
        Running.note(self.home, objectstore=None)

    def _left(self) -> Process | None:
        part = Running.of(self.home).objectstore
        return Process(part) if part is not None and part.alive else None

    @property
    def _log(self) -> Path:
        return self.home / "log" / "objectstore.log"

    def _spawn(self, program: Path) -> Process:
        folder = self.home / "objects"
        folder.mkdir(mode=0o700, exist_ok=True)
        # A new master port would begin a new election log beside the old one: ask for the last block first.
        port = free_block(Running.of(self.home).last_ports.get("objectstore", 0), _PORTS)
        secrets = Secrets.of(self.home)
        command = [str(program), "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        command += [f"-s3.port={port}", f"-master.port={port + 1}", f"-volume.port={port + 2}"]
        command += [f"-filer.port={port + 3}", f"-admin.port={port + 4}", "-admin.ui=false", "-webdav=false"]
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false", "-s3.autoCreateBucket=false"]
        command += ["-master.telemetry=false"]  # on by default: it reports to its makers
        # Beside the S3 port its inner ports would give every file, and take any, without asking who one is.
        command += ["-disableHttp"]
        environment = {
            "PATH": "/usr/bin:/bin",
            "AWS_ACCESS_KEY_ID": secrets.s3_access_key,
            "AWS_SECRET_ACCESS_KEY": secrets.s3_secret_key,
            # The volumes' own port asks for a token that only this process can make.
            "WEED_JWT_SIGNING_KEY": os.urandom(24).hex(),
            "WEED_JWT_SIGNING_READ_KEY": os.urandom(24).hex(),
        }
        return Process.spawn(command, log=self._log, port=port, folder=folder, environment=environment)

    def _await_bucket(self) -> None:
        assert self.process is not None  # noqa: S101 (set by the only caller)
        secrets = Secrets.of(self.home)
        client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.process.part.port}",
            region_name="us-east-1",
            aws_access_key_id=secrets.s3_access_key,
            aws_secret_access_key=secrets.s3_secret_key,
            config=Config(connect_timeout=2, read_timeout=10, retries={"max_attempts": 1}),
        )
        give_up = time.monotonic() + _ANSWER_WITHIN
        while True:
            try:
                held = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
                if BUCKET not in held:
                    client.create_bucket(Bucket=BUCKET)
                # It answers before its volumes are back; only a file written and read shows that they are.
                client.put_object(Bucket=BUCKET, Key=_PROBE, Body=b"ready")
                client.get_object(Bucket=BUCKET, Key=_PROBE)["Body"].read()
                client.delete_object(Bucket=BUCKET, Key=_PROBE)
            except (BotoCoreError, ClientError) as problem:
                if not self.process.alive or time.monotonic() > give_up:
                    self.process.end()
                    raise PartError(f"The object store does not start: {problem} (see {self._log})") from problem
                time.sleep(0.1)
            else:
                return
