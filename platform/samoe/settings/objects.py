"""The address of an S3 object store."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ObjectStoreAddress:
    """Everything an S3 client needs. ``endpoint_url`` None means the provider's own address."""

    bucket: str
    access_key: str
    secret_key: str = field(repr=False)
    endpoint_url: str | None = None
    region: str = "us-east-1"
