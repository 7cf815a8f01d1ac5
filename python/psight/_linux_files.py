"""Readers of single Linux files that psutil has in ``_pslinux`` and programs import from there.

psight itself does not use them: its native part reads these files.
"""

import os

from ._common import get_procfs_path, open_binary, open_text


def calculate_avail_vmem(mems):
    """Available memory in bytes on kernels before 3.14, which do not tell it.

    ``mems`` is ``/proc/meminfo`` as a dict: ``{b"MemFree:": bytes, ...}``.
    """
    free = mems[b"MemFree:"]
    simple = free + mems.get(b"Cached:", 0)
    try:
        file_pages = mems[b"Active(file):"] + mems[b"Inactive(file):"]
        reclaimable = mems[b"SReclaimable:"]
        with open_binary(f"{get_procfs_path()}/zoneinfo") as file:
            lows = [line.split() for line in file if line.strip().startswith(b"low")]
    except (KeyError, OSError):
        return simple
    watermark = sum(int(words[1]) for words in lows) * os.sysconf("SC_PAGE_SIZE")
    cache = file_pages - min(file_pages / 2, watermark)
    return int(free - watermark + cache + reclaimable - min(reclaimable / 2.0, watermark))


class RootFsDeviceFinder:
    """Finds the device of ``/`` where the mount table says ``/dev/root``: by its numbers."""

    __slots__ = ("major", "minor")

    def __init__(self):
        device = os.stat("/").st_dev
        self.major = os.major(device)
        self.minor = os.minor(device)

    def ask_proc_partitions(self):
        """By ``/proc/partitions``; None if it is not there."""
        wanted = [str(self.major), str(self.minor)]
        with open_text(f"{get_procfs_path()}/partitions") as file:
            for line in file:
                words = line.split()
                if len(words) > 3 and words[:2] == wanted:
                    return f"/dev/{words[3]}"
        return None

    def ask_sys_dev_block(self):
        """By the device's own folder in ``/sys``; None if that does not tell."""
        with open_text(f"/sys/dev/block/{self.major}:{self.minor}/uevent") as file:
            for line in file:
                key, _, name = line.strip().partition("=")
                if key == "DEVNAME" and name:
                    return f"/dev/{name}"
        return None

    def ask_sys_class_block(self):
        """By the numbers of every block device; None if none has them."""
        for name in os.listdir("/sys/class/block"):
            try:
                with open_text(f"/sys/class/block/{name}/dev") as file:
                    if file.read().strip() == f"{self.major}:{self.minor}":
                        return f"/dev/{name}"
            except FileNotFoundError:
                # Unplugged meanwhile.
                continue
        return None

    def find(self):
        """The first answer that is a device there is, or None."""
        ways = (self.ask_proc_partitions, self.ask_sys_dev_block, self.ask_sys_class_block)
        for ask in ways:
            try:
                path = ask()
            except OSError:
                continue
            if path is not None and os.path.exists(path):
                return path
        return None
