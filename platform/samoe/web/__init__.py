"""The edge of the house that speaks HTTP: who asks, in which tenant, and one transaction for the answer."""

from samoe.web.context import Context
from samoe.web.menu import MenuItem
from samoe.web.page import Download, Page, Redirect, redirect
from samoe.web.routing import get, post

__all__ = ["Context", "Download", "MenuItem", "Page", "Redirect", "get", "post", "redirect"]
