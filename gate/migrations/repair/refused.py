"""The one way in which a repair ends without a patch."""


class Refused(Exception):
    """There is no repair. Its text is the reason, a sentence without a full stop."""
