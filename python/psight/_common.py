"""The shared helpers, under the names published programs import them by.

What needs a module that is slow to import lives in a module of its own and is fetched from there
when first asked for; only what programs and tests replace here, such as ``open`` and
``PSUTIL_DEBUG``, is defined here.
"""

import os
import stat
import sys

from ._constants import WINDOWS

# Whether debug() prints. Read at import; a program may assign it later.
PSUTIL_DEBUG = bool(os.environ.get("PSUTIL_DEBUG"))

ENCODING = sys.getfilesystemencoding()
ENCODING_ERRS = sys.getfilesystemencodeerrors()

# Bytes read at once. Files of /proc are consistent only within one read, and the default of
# 8 KiB splits the longer ones.
FILE_READ_BUFFER_SIZE = 32 * 1024

# Name -> the module of this package that defines it. Not listed: the plain constants, all of
# _constants, and the named tuples, all of _ntuples.
_ELSEWHERE = {
    "AccessDenied": "_exceptions",
    "Error": "_exceptions",
    "NoSuchProcess": "_exceptions",
    "TimeoutExpired": "_exceptions",
    "ZombieProcess": "_exceptions",
    "NicDuplex": "_enums",
    "NIC_DUPLEX_FULL": "_enums",
    "NIC_DUPLEX_HALF": "_enums",
    "NIC_DUPLEX_UNKNOWN": "_enums",
    "BatteryTime": "_enums",
    "POWER_TIME_UNKNOWN": "_enums",
    "POWER_TIME_UNLIMITED": "_enums",
    "AF_INET": "_sockets",
    "AF_INET6": "_sockets",
    "AF_UNIX": "_sockets",
    "SOCK_DGRAM": "_sockets",
    "SOCK_STREAM": "_sockets",
    "broadcast_addr": "_sockets",
    "conn_tmap": "_sockets",
    "conn_to_ntuple": "_sockets",
    "sockfam_to_enum": "_sockets",
    "socktype_to_enum": "_sockets",
    "deprecated_method": "_memo",
    "memoize": "_memo",
    "memoize_when_activated": "_memo",
    "hilite": "_terminal",
    "print_color": "_terminal",
    "term_supports_colors": "_terminal",
    "_wn": "_wrap",
    "wrap_numbers": "_wrap",
}

_DEFAULT = object()


def __getattr__(name):
    if name == "__all__":
        return [listed for listed in __dir__() if not listed.startswith("_")]
    if name == "socket":
        import socket as value
    else:
        value = getattr(_owner(name), name)
    return globals().setdefault(name, value)


def __dir__():
    from . import _constants, _ntuples

    constants = [name for name in vars(_constants) if name.isupper()]
    return sorted({*globals(), *constants, *_ELSEWHERE, *_ntuples.NAMES})


def _owner(name):
    """Return the module of this package that a name is fetched from."""
    if name in _ELSEWHERE:
        from importlib import import_module

        return import_module(f".{_ELSEWHERE[name]}", __package__)
    if not name.startswith("_"):
        from . import _constants, _ntuples

        if name in _ntuples.NAMES:
            return _ntuples
        if name.isupper() and hasattr(_constants, name):
            return _constants
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def debug(msg):
    """Print a message, or an exception that is ignored, on stderr if PSUTIL_DEBUG is set.

    The line begins with the file and line of the caller.
    """
    if not PSUTIL_DEBUG or sys.stderr is None:
        return
    if isinstance(msg, OSError):
        msg = f"ignoring {msg}"
    elif isinstance(msg, Exception):
        msg = f"ignoring {msg!r}"
    caller = sys._getframe(1)
    line = f"psutil-debug [{caller.f_code.co_filename}:{caller.f_lineno}]> {msg}"
    print(line, file=sys.stderr)


def get_procfs_path():
    """Return PROCFS_PATH of the package as it is now."""
    return sys.modules[__package__].PROCFS_PATH


def decode(s):
    """Return bytes from the system as text; bytes that mean nothing survive as surrogates."""
    return s.decode(encoding=ENCODING, errors=ENCODING_ERRS)


def open_binary(fname):
    """Open a file to read bytes."""
    return open(fname, "rb", buffering=FILE_READ_BUFFER_SIZE)


def open_text(fname):
    """Open a file to read text in the file system's encoding, bytes without meaning included."""
    return _with_large_reads(
        open(fname, buffering=FILE_READ_BUFFER_SIZE, encoding=ENCODING, errors=ENCODING_ERRS)
    )


def _with_large_reads(file):
    """Let the text layer read as much at once as the buffer below it holds, where it can."""
    try:
        # An attribute of CPython's own class.
        file._CHUNK_SIZE = FILE_READ_BUFFER_SIZE
    except AttributeError:
        pass
    return file


def cat(fname, fallback=_DEFAULT, _open=open_text):
    """Return the whole text of a file; ``fallback``, if given, when it cannot be read."""
    try:
        with _open(fname) as file:
            return file.read()
    except OSError:
        if fallback is _DEFAULT:
            raise
        return fallback


def bcat(fname, fallback=_DEFAULT):
    """Return the bytes of a file; ``fallback``, if given, when it cannot be read."""
    return cat(fname, fallback=fallback, _open=open_binary)


def isfile_strict(path):
    """Return whether a regular file is there; raise PermissionError where that is hidden."""
    try:
        mode = os.stat(path).st_mode
    except PermissionError:
        raise
    except OSError:
        return False
    return stat.S_ISREG(mode)


def path_exists_strict(path):
    """Return whether anything is there; raise PermissionError where that is hidden."""
    try:
        os.stat(path)
    except PermissionError:
        raise
    except OSError:
        return False
    return True


def supports_ipv6():
    """Return whether a socket can be bound to the IPv6 loopback address."""
    # Through the module, so that the name can be replaced before it was ever asked for.
    socket = globals().get("socket") or __getattr__("socket")
    if not socket.has_ipv6 or not hasattr(socket, "AF_INET6"):
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def parse_environ_block(data):
    """Return the variables in a block of NUL-terminated ``name=value`` texts as a dictionary.

    An empty entry ends the block; what follows it is garbage. Entries without a name or without
    an equals sign are skipped, as is a last one without its NUL.
    """
    variables = {}
    for entry in data.split("\0")[:-1]:
        if not entry:
            break
        name, equals, value = entry.partition("=")
        if name and equals:
            # Windows ignores case and lists names in capitals.
            variables[name.upper() if WINDOWS else name] = value
    return variables


def usage_percent(used, total, round_=None):
    """Return ``used`` as a percentage of ``total``, 0.0 of nothing, with that many decimals."""
    try:
        percent = (float(used) / total) * 100
    except ZeroDivisionError:
        return 0.0
    return percent if round_ is None else round(percent, round_)


def bytes2human(n, format="%(value).1f%(symbol)s"):
    """Return a number of bytes as short text in powers of 1024: 10000 is ``9.8K``."""
    value = n
    symbol = "B"
    for exponent, letter in enumerate("KMGTPEZY", start=1):
        unit = 1 << (10 * exponent)
        if abs(n) < unit:
            break
        value = float(n) / unit
        symbol = letter
    return format % {"value": value, "symbol": symbol}
