"""The one frozen description of how this copy of Samoe is run, and where its parts are.

``Settings.load()`` reads the environment once; everything else receives the result and reads no environment.
"""

from samoe.settings.environment import DatabaseRole, SettingsError
from samoe.settings.objects import ObjectStoreAddress
from samoe.settings.record import Part, Running
from samoe.settings.secrets import Secrets
from samoe.settings.settings import Settings

__all__ = [
    "DatabaseRole",
    "ObjectStoreAddress",
    "Part",
    "Running",
    "Secrets",
    "Settings",
    "SettingsError",
]
