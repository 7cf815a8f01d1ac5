"""One side of a comparison: a process that imports psutil or psight and answers questions about
it over a pair of pipes. Runs as `python asking.py MODULE READ WRITE`; `sides.py` is the other end.

Answers are plain data (`plain`), so that two Pythons of different versions can be compared.
"""

import enum
import functools
import importlib
import os
import pickle
import sys
import types
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))


def plain(value):
    """A value as data that tells its type and shape, and equal for equal answers."""
    if isinstance(value, enum.Enum):
        return ("enum", type(value).__name__, value.name, int(value))
    if hasattr(value, "_fields") and isinstance(value, tuple):
        return (
            type(value).__name__,
            tuple((name, plain(getattr(value, name))) for name in value._fields),
        )
    if isinstance(value, (list, tuple, set, frozenset)):
        rows = [plain(one) for one in value]
        return (type(value).__name__, rows if isinstance(value, (list, tuple)) else sorted(rows))
    if isinstance(value, dict):
        return ("dict", {key: plain(one) for key, one in value.items()})
    if hasattr(value, "is_running") and hasattr(value, "pid"):
        return ("Process", value.pid)
    if isinstance(value, types.GeneratorType):
        return ("generator", None)
    if value is None or isinstance(value, (bool, int, float, str, bytes)):
        return (type(value).__name__, value)
    return (type(value).__name__, None)


def raised(error):
    """An exception as data."""
    facts = {
        name: plain(getattr(error, name))
        for name in ("pid", "ppid", "name", "msg", "seconds", "errno")
        if hasattr(error, name)
    }
    cause = error.__cause__
    return ("raised", type(error).__name__, str(error), facts, getattr(cause, "errno", None))


class Answers:
    """Everything that can be asked."""

    def __init__(self, module):
        self.module = module
        self.held = {}
        self.nursery = None

    def call(self, name, args, kwargs):
        """A function of the module."""
        return plain(getattr(self.module, name)(*args, **kwargs))

    def first(self, name, args, kwargs):
        """The first item of a generator of the module."""
        return plain(next(getattr(self.module, name)(*args, **kwargs)))

    def method(self, pid, name, args, kwargs):
        """A method of a process, of the one held or of a new one."""
        process = self.held.get(pid) or self.module.Process(pid)
        return plain(getattr(process, name)(*args, **kwargs))

    def many(self, pid, names):
        """Several methods without arguments, each with its own answer, as one reading."""
        process = self.module.Process(pid)
        with process.oneshot():
            return {
                name: attempt(lambda name=name: plain(getattr(process, name)())) for name in names
            }

    def text(self, pid, how):
        """`str` or `repr` of a process."""
        return {"str": str, "repr": repr}[how](self.held.get(pid) or self.module.Process(pid))

    def hold(self, pid):
        """Keeps the object, so that later questions are about the same process."""
        self.held[pid] = self.module.Process(pid)

    def drop(self, pid):
        """Forgets it."""
        self.held.pop(pid, None)

    def become(self, uid):
        """Gives up root's rights. First asks everything once: what is imported late may be out of
        reach afterwards."""
        own = self.module.Process()
        own.as_dict()
        own.children(recursive=True)
        self.module.net_connections("all")
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)

    def start_nursery(self, families, sizes):
        """Starts the special children of tests/differential: their labels by pid, and what was
        skipped. Needs real psutil."""
        sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "differential"))
        from children import Nursery

        self.nursery = Nursery()
        for family in families:
            module = importlib.import_module(family)
            for name, size in sizes.get(family, {}).items():
                setattr(module, name, size)
            module.start(self.nursery)
        children = {pid: (child.label, child.still) for pid, child in self.nursery.children.items()}
        return children, self.nursery.skipped

    def close(self):
        """Ends the children."""
        if self.nursery is not None:
            self.nursery.close()


def attempt(ask):
    """The answer, or the exception."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ask()
    except Exception as error:
        return raised(error)


def main(module, read, write):
    answers = Answers(importlib.import_module(module))
    with os.fdopen(int(read), "rb") as questions, os.fdopen(int(write), "wb") as replies:
        try:
            while True:
                try:
                    name, args = pickle.load(questions)
                except EOFError:
                    break
                answer = attempt(functools.partial(getattr(answers, name), *args))
                pickle.dump(answer, replies, protocol=4)
                replies.flush()
        finally:
            answers.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
