"""Files in a folder and in a real S3: the same port, the same promises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from samoe import files
from samoe.files.store import FolderStore, ObjectMissing, ObjectStore, S3Store
from samoe.kit.problem import NotFound
from samoe.settings import ObjectStoreAddress
from tests.fixtures_people import People


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderStore(tmp_path)
    return S3Store(request.getfixturevalue("objectstore"))


def test_what_is_put_is_got_and_what_is_deleted_is_gone(store: ObjectStore) -> None:
    key = f"t/{uuid4()}/ใบเสร็จ"
    store.put(key, "หลักฐาน".encode(), "text/plain")
    assert store.get(key).decode() == "หลักฐาน"
    store.delete(key)
    with pytest.raises(ObjectMissing):
        store.get(key)


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside the store"):
        FolderStore(tmp_path / "files").put("../outside", b"x", "text/plain")


def test_the_store_refuses_a_wrong_secret(objectstore: ObjectStoreAddress) -> None:
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        S3Store(replace(objectstore, secret_key="wrong")).put("t/x", b"x", "text/plain")


def test_another_province_gets_no_bytes_by_the_id_of_a_file(people: People) -> None:
    with people.work("lampang.officer") as db:
        kept = files.keep(
            db, people.settings, file_name="../../รายชื่อ.xlsx", content=b"secret", content_type="x", purpose="import"
        ).id
    with people.work("lampang.officer") as db:
        document, content = files.content_of(db, people.settings, kept)
        assert content == b"secret"
        assert ".." not in document.store_key
    with people.work("phuket.officer") as db, pytest.raises(NotFound):
        files.content_of(db, people.settings, kept)
