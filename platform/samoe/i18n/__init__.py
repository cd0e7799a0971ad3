"""Thai is the language of the source; English comes from the catalogues in ``en/``, one a room."""

from samoe.i18n.catalogue import english_of, gettext, ngettext
from samoe.i18n.locale import LOCALES, current_locale, pick, use_locale

__all__ = ["LOCALES", "current_locale", "english_of", "gettext", "ngettext", "pick", "use_locale"]
