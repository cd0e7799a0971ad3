"""Pure helpers on Thai text, numbers, dates and money. Nothing here knows a database, a page or a clock."""
