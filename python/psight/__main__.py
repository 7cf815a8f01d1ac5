"""``python -m psight``: the command ``psight``, and ``doctor``, which tells what is in force."""

import os
import sys

_DOCTOR_HELP = """
Of Python:
  {program} doctor    whether psutil is psight here, and what works on this machine"""


def main(arguments=None):
    """Run the command with these arguments, by default the program's own; return its status.

    0 done; 1 something asked for is not there, or nothing could be read; 2 bad arguments. Prints
    to the process's standard output, whatever ``sys.stdout`` is.
    """
    if arguments is None:
        arguments = sys.argv[1:]
    program = "psight"
    if os.path.basename(sys.argv[0]) == "__main__.py":
        program = f"python -m {__spec__.parent}"
    if arguments[:1] == ["doctor"]:
        from . import _doctor

        return _doctor.main(program, arguments[1:])
    for stream in (sys.stdout, sys.stderr):
        # What Python has not written yet comes first.
        if stream is not None:
            stream.flush()
    status = _interruptible([program, *arguments])
    if arguments in (["-h"], ["--help"]) and status == 0:
        from ._doctor import say

        return say(_DOCTOR_HELP.format(program=program))
    return status


def _interruptible(command):
    """Run the native command so that Ctrl-C ends the process at once, as it does the program.

    Python's own handler waits until the native code returns. Only the main thread has handlers,
    and a process that was told to ignore Ctrl-C goes on ignoring it.
    """
    import _signal
    from threading import current_thread, main_thread

    from . import _psight

    handler = _signal.getsignal(_signal.SIGINT)
    if handler is not _signal.default_int_handler or current_thread() is not main_thread():
        return _psight.main(command)
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    try:
        return _psight.main(command)
    finally:
        _signal.signal(_signal.SIGINT, handler)


if __name__ == "__main__":
    sys.exit(main())
