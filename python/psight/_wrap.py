"""Counters that never go backwards: what ``nowrap=True`` of the disk and network counters means.

The kernel's counters have a fixed width and restart from zero when they overflow, and so does a
device that is plugged in again.
"""

import os
from _operator import lt
from _thread import allocate_lock


class WrapNumbers:
    """The last numbers seen for each name, and what was lost to restarts since the first.

    A name stands for one source of numbers, such as ``psutil.disk_io_counters``. Its numbers are
    a dictionary of tuples, one tuple for each device. Three dictionaries by name: ``cache``, the
    numbers as last given; ``reminders``, the offset of each (device, column);
    ``reminder_keys``, the (device, column) pairs of each device whose offset is not 0.
    """

    def __init__(self):
        self.lock = allocate_lock()
        self.cache = {}
        self.reminders = {}
        self.reminder_keys = {}

    def run(self, numbers, name):
        """Return the numbers with the offsets added; the first time, the numbers themselves.

        A value below its predecessor has restarted, and the predecessor is added to its offset.
        A device not seen last time has no offset, even if it had one before it vanished.
        The caller holds the lock.
        """
        last = self.cache.get(name)
        if last is None:
            self.cache[name] = numbers
            self.reminders[name] = {}
            self.reminder_keys[name] = {}
            return numbers

        offsets = self.reminders[name]
        restarted = self.reminder_keys[name]
        for device in last.keys() - numbers.keys():
            for column in range(len(last[device])):
                offsets.pop((device, column), None)
            restarted.pop(device, None)

        result = {}
        for device, values in numbers.items():
            before = last.get(device)
            if before is None:
                result[device] = values
                continue
            # As nearly always: none of them has ever restarted.
            if device not in restarted and not any(map(lt, values, before)):
                if (device, 0) not in offsets:
                    offsets.update(((device, column), 0) for column in range(len(values)))
                result[device] = values
                continue
            row = []
            for column, (value, old) in enumerate(zip(values, before)):
                key = (device, column)
                offset = offsets.get(key, 0)
                if value < old:
                    offset += old
                    restarted.setdefault(device, set()).add(key)
                offsets[key] = offset
                row.append(value + offset)
            result[device] = tuple(row)

        self.cache[name] = numbers
        return result

    def cache_clear(self, name=None):
        """Forget the numbers of one name, or of all names."""
        with self.lock:
            for part in (self.cache, self.reminders, self.reminder_keys):
                if name is None:
                    part.clear()
                else:
                    part.pop(name, None)

    def cache_info(self):
        """Return the three dictionaries: cache, reminders, reminder_keys."""
        with self.lock:
            return (self.cache, self.reminders, self.reminder_keys)


def wrap_numbers(input_dict, name):
    """Return the numbers of a source with what was lost to restarts added to them.

    ``input_dict`` maps devices to tuples of numbers; ``name`` is the source, whose state lasts
    from call to call. Any number of threads may call this.
    """
    with _wn.lock:
        return _wn.run(input_dict, name)


def _unlock_in_child():
    """Give a forked child a free lock: whoever held it is not in the child."""
    _wn.lock = allocate_lock()


_wn = WrapNumbers()
wrap_numbers.cache_clear = _wn.cache_clear
wrap_numbers.cache_info = _wn.cache_info
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock_in_child)
