"""Every page of casework, from its parts."""

from __future__ import annotations

from samoe.casework.certifying import routes as certifying
from samoe.casework.enrolments import routes as enrolments
from samoe.casework.path import routes as path
from samoe.casework.screening import routes as screening
from samoe.casework.submissions import routes as submissions

menu = [*enrolments.menu, *path.menu]
routes = [*enrolments.routes, *screening.routes, *certifying.routes, *submissions.routes, *path.routes]
