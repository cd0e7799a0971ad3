"""One file on its way in, from upload to undo."""
