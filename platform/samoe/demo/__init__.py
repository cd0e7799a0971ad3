"""A demonstration with made-up people: whole provinces at work, and the published figures out of single records."""

from samoe.demo.jobs import begin
from samoe.demo.loading import Loaded, load, missing
from samoe.identity.demo_accounts import TEXT as ACCOUNTS

__all__ = ["ACCOUNTS", "Loaded", "begin", "load", "missing"]
