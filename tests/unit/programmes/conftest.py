"""A province with a programme, a phase and the sample group, in a database of its own."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from samoe.db.engine import engine
from samoe.programmes.phases.actions import open_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import PhaseDays, phase_numbered
from samoe.programmes.programme.actions import save_programme
from samoe.programmes.programme.forms import ProgrammeForm
from samoe.sdk import Manifest
from samoe.settings import Settings
from samoe.targetgroups import enabling, manifests
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Area, Tenant
from tests.conftest import Cluster
from tests.factories.manifests import manifest
from tests.unit.programmes.people import LEAD


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Manifest]:
    found = {"sample": manifest()}
    monkeypatch.setattr(manifests, "catalogue", lambda: found)
    return found


@pytest.fixture(scope="module")
def settings(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One database a file: every test rolls its work back."""
    database = cluster.make()
    made = database.settings(tmp_path_factory.mktemp("home"))
    with engine(made.dsn("app")).begin() as connection:
        for code, slug, th in (("52", "lampang", "ลำปาง"), ("83", "phuket", "ภูเก็ต")):
            connection.execute(insert(Area).values(code=code, kind="province", name_th=th, name_en=slug))
            connection.execute(
                insert(Tenant).values(
                    id=int(code), slug=slug, kind="province", name_th=th, name_en=slug, province_code=code
                )
            )
    yield made
    cluster.drop(database)


@pytest.fixture
def db(settings: Settings) -> Iterator[Session]:
    with tenant_session(Scope(52), settings) as session:
        yield session
        session.rollback()


@pytest.fixture
def phase(db: Session) -> PhaseDays:
    save_programme(db, LEAD, ProgrammeForm("โครงการลำปาง", "Lampang programme", 2019))
    open_phase(db, LEAD, PhaseForm(1, date(2021, 1, 15), date(2022, 1, 14), None))
    return phase_numbered(db, 1)


@pytest.fixture
def group(db: Session) -> EnabledGroup:
    return enabling.enable(db, LEAD, "sample")
