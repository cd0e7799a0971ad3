"""What is said when a part cannot be started."""


class PartError(Exception):
    """A part could not be started or kept; the message is one sentence for the person at the keyboard."""
