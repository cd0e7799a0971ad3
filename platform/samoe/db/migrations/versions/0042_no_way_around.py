"""Ways past a resolution, past four eyes and past "once a purpose" that were found open are shut."""

from samoe.db.migrate import run_sql

revision = "0042"
down_revision = "0040"


def upgrade() -> None:
    run_sql("0042_no_way_around.sql")
