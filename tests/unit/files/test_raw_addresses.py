"""The object store asked past the application (catalogue T-15, T-17): by its raw address, on each of its ports.

Guards: the store's own keys on the S3 port; ``-disableHttp`` and the volumes' tokens on the ports beside it
(samoe/embedded/objectstore.py): without them the file below is given to whoever asks.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from samoe.files.store import S3Store
from samoe.settings import ObjectStoreAddress

SECRET = "เอกสารของเด็กคนหนึ่ง".encode() * 40
KEY = "t/5f0c/7d1e"


@pytest.fixture(scope="module")
def kept(objectstore: ObjectStoreAddress) -> Iterator[ObjectStoreAddress]:
    S3Store(objectstore).put(KEY, SECRET, "image/svg+xml")
    yield objectstore
    S3Store(objectstore).delete(KEY)


def asked(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """Without any credentials, or with those in the headers. No answer that is HTTP is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def signing(address: ObjectStoreAddress) -> Any:
    return boto3.client(
        "s3", endpoint_url=address.endpoint_url, region_name=address.region, aws_access_key_id=address.access_key,
        aws_secret_access_key=address.secret_key, config=Config(signature_version="s3v4"),
    )  # fmt: skip


def port_of(address: ObjectStoreAddress) -> int:
    return urlsplit(address.endpoint_url or "").port or 0


def test_the_raw_address_of_a_file_gives_nobody_anything(kept: ObjectStoreAddress) -> None:
    bucket = f"/{kept.bucket}"
    for method, path in (
        ("GET", f"{bucket}/{KEY}"), ("HEAD", f"{bucket}/{KEY}"), ("GET", bucket), ("GET", f"{bucket}?list-type=2"),
        ("GET", "/"), ("PUT", f"{bucket}/t/x"), ("DELETE", f"{bucket}/{KEY}"), ("PUT", f"{bucket}?acl"),
        ("GET", f"{bucket}/../{kept.bucket}/{KEY}"), ("GET", f"{bucket}/{KEY}?X-Amz-Signature=0&X-Amz-Expires=9"),
    ):  # fmt: skip
        status, body = asked(port_of(kept), method, path)
        assert status in {400, 403}, f"{method} {path}"
        assert SECRET not in body
    assert S3Store(kept).get(KEY) == SECRET


def test_no_other_port_of_the_store_gives_or_takes_a_file(kept: ObjectStoreAddress) -> None:
    for beside in range(1, 5):
        port = port_of(kept) + beside
        for path in (f"/buckets/{kept.bucket}/{KEY}", f"/{kept.bucket}/{KEY}", "/dir/status", "/dir/assign",
                     *(f"/{volume},01637037d6" for volume in range(1, 9))):  # fmt: skip
            status, body = asked(port, "GET", path)
            assert status != 200, f"port +{beside} {path}"
            assert SECRET not in body
        status, _ = asked(port, "PUT", f"/buckets/{kept.bucket}/t/slipped-in", b"x")
        assert not 200 <= status < 300, f"port +{beside} takes files"


def test_a_form_of_another_makers_is_not_taken(kept: ObjectStoreAddress) -> None:
    """T-17: Samoe signs no address and no form for a browser (tests/unit/test_outward.py); the store takes no form that
    is unsigned, signed by another key, or was signed for something else."""
    fields = {"key": "t/x", "acl": "public-read", "Content-Type": "text/html", "file": "x"}
    boundary = "b0undary"
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()
    )
    status, _ = asked(
        port_of(kept), "POST", f"/{kept.bucket}", f"{parts}--{boundary}--\r\n".encode(),
        **{"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )  # fmt: skip
    assert status in {400, 403}


def test_an_address_signed_elsewhere_changed_or_too_old_is_refused(kept: ObjectStoreAddress) -> None:
    """T-17, with the tool's own signing: the store would refuse whatever is not exactly what was signed."""
    ours, other = signing(kept), signing(replace(kept, secret_key="other"))
    wanted = {"Bucket": kept.bucket, "Key": KEY}
    good = urlsplit(ours.generate_presigned_url("get_object", wanted, ExpiresIn=300))
    assert asked(port_of(kept), "GET", f"{good.path}?{good.query}") == (200, SECRET)
    foreign = urlsplit(other.generate_presigned_url("get_object", wanted, ExpiresIn=300))
    old = re.sub(r"X-Amz-Date=\d{8}", "X-Amz-Date=20210101", good.query)
    for path in (
        f"{foreign.path}?{foreign.query}", f"{good.path}2?{good.query}", f"{good.path}?{old}",
        f"{good.path}?{good.query.replace('X-Amz-Expires=300', 'X-Amz-Expires=604800')}",
        f"{good.path}?{good.query}&{urlencode({'response-content-type': 'text/html'})}",
    ):  # fmt: skip
        status, body = asked(port_of(kept), "GET", path)
        assert (status, SECRET in body) in {(403, False), (400, False)}, path
    with pytest.raises(ClientError):
        other.put_object(Bucket=kept.bucket, Key="t/x", Body=b"x")
