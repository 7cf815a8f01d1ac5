"""What a process is, uses and holds: the methods of ``psight.Process`` that only ask."""

import os

from . import _common, _pslinux as _psplatform
from ._constants import STATUS_ZOMBIE
from ._exceptions import AccessDenied, ZombieProcess
from ._process import ProcessCore

# The field names of pfullmem that memory_info() does not have.
_FULL_ONLY = frozenset(("uss", "pss", "swap"))


class ProcessGetters(ProcessCore):
    """What a process is, uses and holds.

    Every method raises ``NoSuchProcess`` when the process is gone, ``ZombieProcess`` (which is
    one) when a zombie has no such thing any more, ``AccessDenied`` when the caller may not know.
    """

    def _once(self, name):
        """The answer of ``self._proc``, asked once within a ``oneshot()``."""
        cache = self._kept
        if cache is None:
            return getattr(self._proc, name)()
        try:
            return cache[name]
        except KeyError:
            value = cache[name] = getattr(self._proc, name)()
            return value

    def ppid(self):
        """The parent's pid. Changes when the parent ends."""
        self._raise_if_pid_reused()
        ppid = self._ppid = self._proc._ppid = self._once("ppid")
        return ppid

    def name(self):
        """The name. The kernel cuts it at 15 bytes; a longer one comes from the command line."""
        name = self._proc.name()
        if len(name) >= 15:
            try:
                cmdline = self.cmdline()
            except (AccessDenied, ZombieProcess):
                pass
            else:
                if cmdline:
                    longer = cmdline[0].rpartition("/")[2]
                    if longer.startswith(name):
                        name = longer
        self._name = self._proc._name = name
        return name

    def exe(self):
        """The executable's absolute path; ``''`` for a kernel thread. Remembered once known."""
        if self._exe is not None:
            return self._exe
        try:
            exe = self._proc.exe()
        except AccessDenied:
            guess = self._guessed_exe()
            if guess is None:
                raise
            return guess
        if not exe:
            # ENOENT and ESRCH mean here what an unreadable link means to others.
            try:
                exe = self._guessed_exe() or exe
            except AccessDenied:
                pass
        self._exe = exe
        return exe

    def _guessed_exe(self):
        """The first argument, if it is an absolute path of a file we may execute."""
        cmdline = self.cmdline()
        if cmdline:
            exe = cmdline[0]
            if os.path.isabs(exe) and os.path.isfile(exe) and os.access(exe, os.X_OK):
                return exe
        return None

    def cmdline(self):
        """The arguments, as a list; empty for a kernel thread."""
        return self._proc.cmdline()

    def status(self):
        """What it is doing: one of the ``STATUS_*``."""
        try:
            return self._proc.status()
        except ZombieProcess:
            return STATUS_ZOMBIE

    def username(self):
        """The name of the real user, or the number where there is no name."""
        pwd = self._home["pwd"]
        uid = self.uids().real
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return str(uid)

    def create_time(self):
        """When it started, in seconds since the epoch. Remembered."""
        if self._create_time is None:
            self._create_time = self._proc.create_time()
        return self._create_time

    def cwd(self):
        """The working directory's absolute path."""
        return self._proc.cwd()

    def environ(self):
        """The environment as it was when the program started, as a dict."""
        return self._proc.environ()

    def uids(self):
        """User ids: ``(real, effective, saved)``."""
        return self._once("uids")

    def gids(self):
        """Group ids: ``(real, effective, saved)``."""
        return self._proc.gids()

    def terminal(self):
        """The controlling terminal's device file, or None."""
        return self._proc.terminal()

    def num_fds(self):
        """How many descriptors it has open."""
        return self._proc.num_fds()

    def num_ctx_switches(self):
        """How often it left the CPU: ``(voluntary, involuntary)``."""
        return self._proc.num_ctx_switches()

    def num_threads(self):
        """How many threads it has."""
        return self._proc.num_threads()

    def threads(self):
        """Threads: ``[(id, user_time, system_time), ...]``, times in seconds."""
        return self._proc.threads()

    def cpu_times(self):
        """CPU seconds: ``(user, system, children_user, children_system, iowait)``."""
        return self._once("cpu_times")

    def cpu_num(self):
        """The CPU it last ran on."""
        return self._proc.cpu_num()

    def cpu_percent(self, interval=None):
        """Percent of one CPU since the last call, or within ``interval`` seconds if given.

        Above 100 when several threads run. The first call without interval returns 0.0.
        """
        if interval is not None and interval < 0:
            raise ValueError(f"interval is not positive (got {interval!r})")
        timer = self._home["_timer"]
        if interval is not None and interval > 0:
            import time

            before, times_before = timer(), self._proc.cpu_times()
            time.sleep(interval)
        else:
            before, times_before = self._last_sys_cpu_times, self._last_proc_cpu_times
        now, times = timer(), self._proc.cpu_times()
        # It takes no part in the result; programs that replace it expect to be asked.
        self._home["cpu_count"]()
        return self._cpu_percent_since(before, times_before, now, times)

    def _cpu_percent_since(self, before, times_before, now, times):
        """Percent between two looks; the second one is remembered."""
        self._last_sys_cpu_times = now
        self._last_proc_cpu_times = times
        if before is None or times_before is None:
            return 0.0
        busy = (times.user - times_before.user) + (times.system - times_before.system)
        return _psplatform.percent_of_time(busy, now - before)

    def memory_info(self):
        """Memory in bytes: ``(rss, vms, ...)``, the fields differ by platform."""
        return self._once("memory_info")

    def memory_full_info(self):
        """``memory_info()`` and ``(uss, pss, swap)``, in bytes. Slow: walks page tables."""
        return self._proc.memory_full_info()

    def memory_percent(self, memtype="rss"):
        """A field of ``memory_full_info()`` in percent of all physical memory, not rounded."""
        valid = _common.pfullmem._fields
        if memtype not in valid:
            raise ValueError(f"invalid memtype {memtype!r}; valid types are {valid!r}")
        ask = self.memory_full_info if memtype in _FULL_ONLY else self.memory_info
        return self._percent_of_memory(getattr(ask(), memtype))

    def _percent_of_memory(self, value):
        """Bytes in percent of all physical memory."""
        home = self._home
        total = home["_TOTAL_PHYMEM"] or home["virtual_memory"]().total
        if not total > 0:
            text = "can't calculate process memory percent because total physical system memory"
            raise ValueError(f"{text} is not positive ({total!r})")
        return (value / float(total)) * 100

    def open_files(self):
        """Regular files it holds open: ``[(path, fd, position, mode, flags), ...]``."""
        return self._proc.open_files()

    def net_connections(self, kind="inet"):
        """Sockets: ``[(fd, family, type, laddr, raddr, status), ...]``; see the function."""
        return self._proc.net_connections(kind)

    def connections(self, kind="inet"):
        import warnings

        text = "connections() is deprecated and will be removed; use net_connections() instead"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return self.net_connections(kind)

    connections.__doc__ = (
        "connections() is deprecated and will be removed; use net_connections() instead"
    )

    def memory_info_ex(self):
        """Deprecated since psutil 4.0: ``memory_info()``."""
        import warnings

        text = "memory_info_ex() is deprecated; use memory_info() instead"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return self.memory_info()

    def page_faults(self):
        """Page faults: ``(minor, major)``. As in psutil 8.0."""
        return self._proc.page_faults()

    def memory_footprint(self):
        """Memory that only page tables tell, in bytes: ``(uss, pss, swap)``. As in psutil 8.0."""
        memory = self.memory_full_info()
        return _common.pfootprint(memory.uss, memory.pss, memory.swap)

    if _psplatform.HAS_PROC_IO:

        def io_counters(self):
            """Bytes and calls read and written: ``(read_count, write_count, ...)``."""
            return self._proc.io_counters()

    if _psplatform.HAS_PROC_SMAPS:

        def memory_maps(self, grouped=True):
            """The address space by file, or with ``grouped=False`` by region; bytes. Slow."""
            return self._proc.memory_maps(bool(grouped))
