"""A server of the benchmark's own, opened with real provinces, and seeded people."""

from __future__ import annotations

import csv
import io
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from samoe.admin.provinces import apply_all
from samoe.db.engine import engine
from samoe.db.migrate import upgrade
from samoe.embedded.postgres import Postgres
from samoe.embedded.provision import provision
from samoe.identity import Actor, accounts
from samoe.identity.members import add_member
from samoe.identity.restore import actor_of_member
from samoe.identity.sessions import begin, request_session
from samoe.jobs import Work
from samoe.kit.national_id import check_digit
from samoe.settings import Secrets, Settings
from samoe.tenancy.areas import districts, subdistricts

GIVEN = ("ฟ้าใส", "ภูผา", "ใบบัว", "ธารา", "ปุณณ์", "มะลิ", "ตะวัน", "น้ำผึ้ง", "กล้า", "พราว", "ต้นน้ำ", "ขวัญข้าว")
FAMILY = ("ทองดี", "ใจงาม", "ศรีสุข", "แก้วมณี", "บุญมา", "วงค์คำ", "สายน้ำ", "ดีเลิศ", "ปัญญา", "เรืองศรี")


@dataclass
class World:
    """A running database with every province open; files lie in a folder."""

    settings: Settings
    server: Postgres

    def work(self, tenant: int) -> Work:
        actor = self.actor(tenant)
        return Work(self.settings, actor)

    def actor(self, tenant: int) -> Actor:
        found = actor_of_member(self.settings, tenant, None)
        assert found is not None
        return found

    def sign_in(self, tenant: int) -> str:
        """The session token of an officer who sees the whole tenant."""
        work = self.work(tenant)
        with work.transaction() as db:
            made = accounts.create(db, username="bench.officer", name="ผู้วัด", must_change=False)
            member = add_member(db, work.actor, account_id=made.id, role="province_officer")
        with request_session(self.settings) as db:
            return begin(db, account_id=made.id, tenant_id=tenant, membership_id=member, user_agent="bench")

    def wait_for(self, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
        """Until a web server listens. Raises if it ended instead."""
        for _ in range(300):
            if server.poll() is not None:
                raise RuntimeError(log.read_text()[-2000:])
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.1)
        raise TimeoutError

    def connect(self, role: str = "owner") -> psycopg.Connection:
        address = self.settings.dsn(role).replace("+psycopg", "", 1)  # type: ignore[arg-type]
        return psycopg.connect(address, autocommit=True)


@contextmanager
def world() -> Iterator[World]:
    """Start a durable server, migrate, open the provinces; everything goes at the end."""
    home = Path(tempfile.mkdtemp(prefix="samoe-bench-"))
    home.chmod(0o755)
    server = Postgres(home)
    server.start()
    try:
        provision(server.dsn(), Secrets.of(home))
        settings = Settings.load({"SAMOE_HOME": str(home), "SAMOE_FILES_IN_FOLDER": "1"})
        upgrade(settings.dsn("owner"))
        apply_all(settings)
        yield World(settings, server)
        engine(settings.dsn("app")).dispose()
        engine(settings.dsn("fund")).dispose()
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


HEADERS = (
    "ที่", "เลขประจำตัวประชาชน", "คำนำหน้า", "ชื่อ", "นามสกุล", "เพศ", "วันเดือนปีเกิด", "บ้านเลขที่", "หมู่ที่", "ตำบล", "อำเภอ",
    "ชื่อ ศพด.", "สังกัด อปท.", "ชื่อผู้ปกครอง", "โทรศัพท์", "สมาชิกครัวเรือน", "รายได้รวมครัวเรือน/เดือน",
    "มีผู้พิการ/ผู้สูงอายุต้องดูแล", "เลี้ยงเดี่ยว/อยู่กับญาติ", "บ้านทรุดโทรม", "ไม่มีที่ดินทำกิน", "ไม่มีไฟฟ้า/น้ำประปา",
    "ไม่มียานพาหนะ", "ดำเนินการแล้ว", "หมายเหตุ",
)  # fmt: skip


def survey_csv(province: str, people: int, seed: int) -> bytes:
    """A file of 25 columns, one child a row, every identity number good and different."""
    dice = random.Random(seed)
    places = [(d.th, s.th) for d in districts(province) for s in subdistricts(d.code)]
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(HEADERS)
    for n in range(people):
        start = f"1{province}019{seed % 10}{n:05d}"[:12]
        district, subdistrict = places[n % len(places)]
        who = (n + 1, start + check_digit(start), "ด.ญ." if n % 2 else "ด.ช.", dice.choice(GIVEN))
        family, sex = f"{dice.choice(FAMILY)}{n % 97}", "หญิง" if n % 2 else "ชาย"
        born, house = f"{1 + n % 28}/{1 + n % 12}/{2559 + n % 4}", f"{n % 300}/{n % 9}"
        guardian, phone = f"นาง{dice.choice(GIVEN)} {dice.choice(FAMILY)}", f"081000{n % 10000:04d}"
        place = (subdistrict, district, f"บ้านทดลอง {n % 170}", "อบต.", guardian, phone)
        ticks = ("✓" if dice.random() < 0.2 else "" for _ in range(7))
        write((*who, family, sex, born, house, n % 15, *place, 2 + n % 6, f"{(3 + n % 20) * 1000:,}", *ticks, ""))
    return out.getvalue().encode("utf-8-sig")
