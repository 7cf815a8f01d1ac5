"""The exceptions, as plain Python classes so that programs can subclass and patch them.

Their texts are part of the API: programs print them and tests compare them, the prefix
``psutil.`` of the representation included, whatever name this package was imported under.
"""


class Error(Exception):
    """The base of every exception this package defines."""

    __module__ = __name__.rpartition(".")[0]

    def _infodict(self, attrs):
        """Return the named attributes that are set, in the order given.

        Falsy ones are left out, except a pid of 0, which is a process.
        """
        info = {}
        for attr in attrs:
            value = getattr(self, attr, None)
            if value or (attr == "pid" and value == 0):
                info[attr] = value
        return info

    def _message(self):
        """Return the message: ``msg`` of the subclasses, else the one string given to Error."""
        try:
            return self.msg
        except AttributeError:
            args = self.args
            return args[0] if len(args) == 1 and isinstance(args[0], str) else ""

    def __str__(self):
        message = self._message()
        info = self._infodict(("pid", "ppid", "name"))
        if not info:
            return message or ""
        details = "({})".format(", ".join([f"{key}={value!r}" for key, value in info.items()]))
        return f"{message} {details}" if message else details

    def __repr__(self):
        info = self._infodict(("pid", "ppid", "name", "seconds"))
        message = self._message()
        if message:
            info["msg"] = message
        details = ", ".join([f"{key}={value!r}" for key, value in info.items()])
        return f"psutil.{self.__class__.__name__}({details})"


class NoSuchProcess(Error):
    """No process has this pid, or it no longer exists."""

    __module__ = Error.__module__

    def __init__(self, pid, name=None, msg=None):
        Error.__init__(self)
        self.pid = pid
        self.name = name
        self.msg = msg or "process no longer exists"

    def __reduce__(self):
        return (self.__class__, (self.pid, self.name, self.msg))


class ZombieProcess(NoSuchProcess):
    """The process has ended, its parent has not collected it, and the system says no more.

    Never raised on Windows, which has no zombies.
    """

    __module__ = Error.__module__

    def __init__(self, pid, name=None, ppid=None, msg=None):
        NoSuchProcess.__init__(self, pid, name, msg)
        self.ppid = ppid
        self.msg = msg or "PID still exists but it's a zombie"

    def __reduce__(self):
        return (self.__class__, (self.pid, self.name, self.ppid, self.msg))


class AccessDenied(Error):
    """The system refused: the caller lacks the privilege."""

    __module__ = Error.__module__

    def __init__(self, pid=None, name=None, msg=None):
        Error.__init__(self)
        self.pid = pid
        self.name = name
        self.msg = msg or ""

    def __reduce__(self):
        return (self.__class__, (self.pid, self.name, self.msg))


class TimeoutExpired(Error):
    """The timeout of a wait, in seconds, passed while the process was still alive.

    Unrelated to ``subprocess.TimeoutExpired``.
    """

    __module__ = Error.__module__

    def __init__(self, seconds, pid=None, name=None, msg=None):
        Error.__init__(self)
        self.seconds = seconds
        self.pid = pid
        self.name = name
        self.msg = msg or f"timeout after {seconds} seconds"

    def __reduce__(self):
        # The message travels only when it is not the default, so that a subclass whose
        # constructor takes three arguments, as psutil's does, can still be unpickled.
        arguments = (self.seconds, self.pid, self.name)
        if self.msg != f"timeout after {self.seconds} seconds":
            arguments += (self.msg,)
        return (self.__class__, arguments)


class UnreadableError(RuntimeError, ValueError):
    """The kernel's text did not mean what its document says.

    Both, because psutil raises the one for some files and the other for the rest. Not public: it
    tells of a kernel that this version does not know, and programs catch the bases.
    """

    __module__ = Error.__module__
