"""The steps of the main job, each done once in a browser by those whose work it is; later ones ask for earlier."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.main_job import asking, deciding, importing, paying
from tests.browser.main_job.asking import Asked
from tests.browser.main_job.workbook import STAYS


@pytest.fixture(scope="session")
def imported(story: Open) -> str:
    """Six children are on the register; the address of their batch."""
    officer = story("lampang.officer")
    importing.check(importing.send(officer))
    return importing.commit(officer)


@pytest.fixture(scope="session")
def screened(story: Open, imported: str) -> None:
    """Everybody has a decision with its reasons; one child came in by resolution."""
    deciding.screen(story("lampang.officer"))
    deciding.make_exception(story("lampang.lead"), STAYS.rich)


@pytest.fixture(scope="session")
def certified(story: Open, screened: None) -> str:
    """The centre, its local organisation and the working group have certified; the address of the last list."""
    for level in ("centre", "local_organisation"):
        deciding.certify_at(story("lampang.lead"), level)
    return deciding.certify(story("lampang.lead"))


@pytest.fixture(scope="session")
def asked(story: Open, certified: str) -> Asked:
    """A request is with the fund."""
    asking.agree(story("lampang.lead"))
    found = asking.draft(story("lampang.officer"))
    asking.send(story("lampang.lead"), found)
    return found


@pytest.fixture(scope="session")
def approved(story: Open, asked: Asked) -> Asked:
    """It was reviewed by one and approved by another, and its money has arrived."""
    asking.review(story, asked)
    asking.approve(story("fund.approver"), asked)
    asking.transfer(story)
    return asked


@pytest.fixture(scope="session")
def line(story: Open, approved: Asked) -> str:
    """Everyone on the budget line is entitled; its address."""
    return paying.entitle(story, approved)


@pytest.fixture(scope="session")
def batch(story: Open, line: str) -> str:
    """A signed batch of all of them; its address."""
    made = paying.make(story, line)
    paying.release(story, made)
    return made


@pytest.fixture(scope="session")
def paid(story: Open, batch: str) -> str:
    """The batch is settled, with its evidence; one child's money came back."""
    paying.settle(story, batch)
    return batch


@pytest.fixture(scope="session")
def paid_again(story: Open, paid: str, line: str) -> str:
    """Who did not come was paid through the bank; the address of that batch."""
    return paying.pay_by_bank(story, line)
