"""A demonstration with made-up people: whole provinces at work, and the published figures out of single records."""

from samoe.demo.jobs import begin
from samoe.demo.loading import LOADED, OWN_DATA, SILENT, WAS_LOADED, Loaded, load, missing
from samoe.identity.demo_accounts import TEXT as ACCOUNTS

__all__ = ["ACCOUNTS", "LOADED", "OWN_DATA", "SILENT", "WAS_LOADED", "Loaded", "begin", "load", "missing"]
