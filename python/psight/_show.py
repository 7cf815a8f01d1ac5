"""How a start is shown in the representation of a process."""

import time


def started(seconds):
    """The time of day of a moment within the last 24 hours, else date and time. Local time."""
    age = time.time() - seconds
    pattern = "%H:%M:%S" if age < 86400 else "%Y-%m-%d %H:%M:%S"
    return time.strftime(pattern, time.localtime(seconds))
