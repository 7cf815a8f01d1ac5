"""The class that starts a process and is also its ``Process``."""


def make_popen(Process, home):
    """Return the ``Popen`` class over a ``Process`` class.

    A function and not a class statement at module level, because ``Process`` belongs to the
    package's namespace, which a program may execute a second time to have a second state: each
    namespace has its own pair. ``home`` is the name of that namespace, for ``__module__``.
    """

    class Popen(Process):
        """A ``subprocess.Popen`` that is also a ``Process``.

        Takes the arguments of ``subprocess.Popen``. Where both have a method, it is the one of
        ``Process``: ``send_signal()``, ``terminate()``, ``kill()`` and ``wait()`` check that the
        pid has not been reused before they touch it, and raise ``NoSuchProcess`` once the
        process has ended. Everything else of ``subprocess.Popen`` is there as well.
        """

        __module__ = home
        __qualname__ = "Popen"

        def __init__(self, *args, **kwargs):
            import subprocess

            self.__subproc = subprocess.Popen(*args, **kwargs)
            # A child may have ended before it could be looked at, which is no error.
            self._init(self.__subproc.pid, _ignore_nsp=True)

        def __getattr__(self, name):
            # Asked only for what neither the object nor its classes have.
            try:
                return super().__getattr__(name)
            except AttributeError:
                pass
            # Absent while a constructor that failed is being undone.
            subproc = self.__dict__.get("_Popen__subproc")
            if subproc is not None:
                try:
                    return getattr(subproc, name)
                except AttributeError:
                    pass
            raise AttributeError(f"{self.__class__!r} has no attribute {name!r}")

        def __dir__(self):
            import subprocess

            return sorted({*dir(Popen), *dir(subprocess.Popen)})

        def __enter__(self):
            self.__subproc.__enter__()
            return self

        def __exit__(self, *args, **kwargs):
            """Close the pipes and wait for the process, as ``subprocess.Popen`` does."""
            return self.__subproc.__exit__(*args, **kwargs)

        def wait(self, timeout=None):
            """Wait for the process to end and return its exit code.

            Negative if a signal ended it. Raises ``TimeoutExpired`` of this package, not of
            ``subprocess``, after ``timeout`` seconds.
            """
            if self.__subproc.returncode is not None:
                return self.__subproc.returncode
            code = super().wait(timeout)
            self.__subproc.returncode = code
            return code

    return Popen
