"""The port to the object store, for S3 and for a plain folder (the local twin)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from samoe.settings import ObjectStoreAddress, Settings


class ObjectMissing(LookupError):
    """The store has no such object."""


class ObjectStore(Protocol):
    """Where bytes are kept. Keys are made by ``samoe.files.documents``; they never come from a person. ``under`` names
    what is kept in a folder, which ends with a stroke."""

    def put(self, key: str, content: bytes, content_type: str) -> None: ...
    def get(self, key: str) -> bytes: ...
    def delete(self, key: str) -> None: ...
    def under(self, prefix: str) -> list[str]: ...


class S3Store:
    """Any S3: SeaweedFS beside us, or a provider's."""

    def __init__(self, address: ObjectStoreAddress) -> None:
        self.bucket = address.bucket
        self.client: Any = boto3.client(
            "s3", endpoint_url=address.endpoint_url, region_name=address.region,
            aws_access_key_id=address.access_key, aws_secret_access_key=address.secret_key,
            config=Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"}),
        )  # fmt: skip

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.client.put_object(Bucket=self.bucket, Key=key, Body=content, ContentType=content_type)

    def get(self, key: str) -> bytes:
        try:
            body: bytes = self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except ClientError as fault:
            if fault.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
                raise ObjectMissing(key) from None
            raise
        return body

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def under(self, prefix: str) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return [one["Key"] for page in pages for one in page.get("Contents", ())]


class FolderStore:
    """A folder of this machine. Writes are whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        path = (self.folder / key).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise ValueError("a key stays inside the store")
        return path

    def put(self, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002 - the folder keeps no types
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105 - atomic on one file system

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise ObjectMissing(key) from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def under(self, prefix: str) -> list[str]:
        within = self._path(prefix)
        return [path.relative_to(self.folder.resolve()).as_posix() for path in within.rglob("*") if path.is_file()]


@cache
def _s3(address: ObjectStoreAddress) -> S3Store:
    return S3Store(address)


def store_of(settings: Settings) -> ObjectStore:
    """The store that the settings name."""
    address = settings.objectstore()
    return FolderStore(settings.files_folder) if address is None else _s3(address)
