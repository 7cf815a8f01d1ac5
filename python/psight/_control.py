"""Acting on a process, its family, and many answers at once: the rest of ``psight.Process``.

Whatever changes a process first makes sure that the pid is still its own.
"""

# The C half of the signal module: the numbers without the enums, which are slow to import.
import _signal
import os

from ._exceptions import AccessDenied, NoSuchProcess, ZombieProcess
from ._getters import ProcessGetters

# Public methods that as_dict() does not call.
_NO_FACTS = frozenset(
    (
        "as_dict",
        "attrs",
        "children",
        "connections",
        "is_running",
        "kill",
        "memory_footprint",
        "memory_info_ex",
        "oneshot",
        "page_faults",
        "parent",
        "parents",
        "resume",
        "rlimit",
        "send_signal",
        "suspend",
        "terminate",
        "wait",
    )
)

_GROUP = (
    "preventing sending signal to process with PID 0 as it would affect every process in the"
    " process group of the calling process (os.getpid()) instead of PID 0"
)


class ProcessControl(ProcessGetters):
    """A process, with everything that can be done to it."""

    def as_dict(self, attrs=None, ad_value=None):
        """Many answers at once, by name: those of ``attrs``, by default all there are.

        What the caller may not know, or a zombie no longer has, is ``ad_value``. Each source is
        read once.
        """
        valid = self._home["_as_dict_attrnames"]
        names = chosen(attrs, valid)
        if self._home["_is_original"](self, names):
            return self._facts(names, ad_value, strict=bool(attrs))
        facts = {}
        with self.oneshot():
            for name in names:
                try:
                    facts[name] = self.pid if name == "pid" else getattr(self, name)()
                except (AccessDenied, ZombieProcess):
                    facts[name] = ad_value
                except NotImplementedError:
                    if attrs:
                        raise
        return facts

    def _facts(self, names, ad_value, strict):
        """``as_dict`` in one native call, when nobody has replaced anything."""
        facts = self._proc.facts(native_names(names), ad_value, strict)
        return self._dressed(names, facts, ad_value)

    def _dressed(self, names, facts, ad_value):
        """What was told, in the order asked, with what only this object can tell."""
        name = facts.get("name")
        if name is not None and name is not ad_value:
            self._name = self._proc._name = name
        if self._exe is not None and "exe" in facts:
            facts["exe"] = self._exe
        if "create_time" in facts:
            if self._create_time is None:
                self._create_time = facts["create_time"]
            else:
                facts["create_time"] = self._create_time
        if _OURS.keys().isdisjoint(names):
            return facts
        told = {}
        for name in names:
            if name == "cpu_percent":
                before, times_before = self._last_sys_cpu_times, self._last_proc_cpu_times
                now = self._home["_timer"]()
                told[name] = self._cpu_percent_since(before, times_before, now, facts["cpu_times"])
            elif name == "memory_percent":
                told[name] = self._percent_of_memory(facts["memory_info"].rss)
            elif name in facts:
                told[name] = facts[name]
        return told

    def nice(self, value=None):
        """Priority, -20 (first) to 19 (last); with ``value`` set it."""
        if value is None:
            return self._proc.nice_get()
        self._raise_if_pid_reused()
        self._proc.nice_set(value)

    def ionice(self, ioclass=None, value=None):
        """How its I/O is scheduled: ``(ioclass, value)``; with ``ioclass`` set it.

        ``value`` from 0 (first) to 7 (last), for the real-time and best-effort classes.
        """
        if ioclass is None:
            if value is not None:
                raise ValueError("'ioclass' argument must be specified")
            return self._proc.ionice_get()
        self._raise_if_pid_reused()
        return self._proc.ionice_set(ioclass, value)

    def rlimit(self, resource, limits=None):
        """A limit as ``(soft, hard)``; with ``limits`` set it. -1 is unlimited."""
        if limits is not None:
            self._raise_if_pid_reused()
        return self._proc.rlimit(resource, limits)

    def cpu_affinity(self, cpus=None):
        """CPUs it may run on; with ``cpus`` set them. An empty list means all there are."""
        if cpus is None:
            return sorted(set(self._proc.cpu_affinity_get()))
        self._raise_if_pid_reused()
        if not cpus:
            return self._proc.cpu_affinity_set([])
        return self._proc.cpu_affinity_set(list(set(cpus)))

    def parent(self):
        """The parent, or None: of the first process, and when the parent has just ended."""
        home = self._home
        lowest = home["_LOWEST_PID"]
        if self._pid == (home["pids"]()[0] if lowest is None else lowest):
            return None
        ppid = self.ppid()
        try:
            parent = home["Process"](ppid)
        except NoSuchProcess:
            return None
        mine, theirs = self._ident[1], parent._ident[1]
        # One that started later got the pid after our parent had ended.
        if mine is not None and theirs is not None and theirs > mine:
            return None
        return parent

    def parents(self):
        """The parent, its parent and so on."""
        parents = []
        process = self.parent()
        while process is not None:
            parents.append(process)
            process = process.parent()
        return parents

    def children(self, recursive=False):
        """Children, or with ``recursive`` all descendants."""
        self._raise_if_pid_reused()
        known = self._home["Process"]._known
        return [known(pid, ticks) for pid, ticks in self._proc.children(bool(recursive))]

    def _send_signal(self, sig):
        self._raise_if_pid_reused()
        if self._pid == 0:
            raise ValueError(_GROUP)
        try:
            os.kill(self._pid, sig)
        except ProcessLookupError as error:
            self._gone = True
            raise NoSuchProcess(self._pid, self._name) from error
        except PermissionError as error:
            raise AccessDenied(self._pid, self._name) from error

    def send_signal(self, sig):
        """Send a signal, see the ``signal`` module, after making sure the pid is still its own."""
        self._send_signal(sig)

    def suspend(self):
        """Stop it, with SIGSTOP."""
        self._send_signal(_signal.SIGSTOP)

    def resume(self):
        """Let it go on, with SIGCONT."""
        self._send_signal(_signal.SIGCONT)

    def terminate(self):
        """Ask it to end, with SIGTERM."""
        self._send_signal(_signal.SIGTERM)

    def kill(self):
        """End it, with SIGKILL."""
        self._send_signal(_signal.SIGKILL)


# Answers that need what the object remembers or the package knows, and what they are made from.
_OURS = {"cpu_percent": "cpu_times", "memory_percent": "memory_info"}


def native_names(names):
    """What the native part is asked for these names: facts once each, and what ours need."""
    told = [name for name in names if name not in _OURS]
    told += [_OURS[name] for name in names if name in _OURS]
    return tuple(dict.fromkeys(told))


def attribute_names(cls):
    """The names that ``as_dict()`` takes, of a class of processes."""
    return {name for name in dir(cls) if not name.startswith("_")} - _NO_FACTS


def chosen(attrs, valid):
    """The names asked for, in their order; all, sorted, for none. Bad ones are named."""
    if attrs is None:
        return sorted(valid)
    if not isinstance(attrs, (list, tuple, set, frozenset)):
        raise TypeError(f"invalid attrs type {type(attrs)}")
    if not attrs:
        return sorted(valid)
    names = list(dict.fromkeys(attrs))
    bad = [name for name in names if name not in valid and name not in _EXPLICIT]
    if bad:
        s = "s" if len(bad) > 1 else ""
        listed = ", ".join(sorted(map(repr, bad)))
        known = ", ".join(sorted(valid))
        raise ValueError(f"invalid attr name{s} {listed}; valid ones are: {known}")
    return names


# Names of old that as_dict() took in psutil 4.4 and still takes when asked by name.
_EXPLICIT = frozenset(("connections", "memory_info_ex"))
