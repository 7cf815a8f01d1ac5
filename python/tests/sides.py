"""The two sides of a comparison, and how to ask them. See `asking.py`."""

import os
import pickle
import select
import subprocess
import sys

import subject


class Crash(AssertionError):
    """A side ended, or did not answer: no answer is right then."""


class Side:
    """A process that has imported one module and answers questions."""

    def __init__(self, python, module):
        read, their_write = os.pipe()
        their_read, write = os.pipe()
        script = os.path.join(subject.HERE, "asking.py")
        self.module = module
        self.process = subprocess.Popen(
            [python, "-B", "-X", "faulthandler", script, module, str(their_read), str(their_write)],
            pass_fds=(their_read, their_write),
            stdin=subprocess.DEVNULL,
        )
        os.close(their_read)
        os.close(their_write)
        self.answers = os.fdopen(read, "rb")
        self.questions = os.fdopen(write, "wb")

    @classmethod
    def psutil(cls):
        """Real psutil, from the environment in `PSUTIL_PYTHON`, or this one."""
        return cls(os.environ.get("PSUTIL_PYTHON", sys.executable), "psutil")

    @classmethod
    def subject(cls):
        """The module under test."""
        return cls(sys.executable, subject.NAME)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.questions.close()
        try:
            self.process.wait(subject.HANG_S)
        finally:
            self.process.kill()
            self.process.wait()
            self.answers.close()

    def ask(self, question, *args):
        """One question, one answer."""
        pickle.dump((question, args), self.questions, protocol=4)
        self.questions.flush()
        ready, _, _ = select.select([self.answers], [], [], subject.HANG_S)
        if not ready:
            self.process.kill()
            raise Crash(f"{self.module} hangs in {question}{args}")
        try:
            return pickle.load(self.answers)
        except EOFError:
            code = self.process.wait()
            raise Crash(f"{self.module} ended with {code} in {question}{args}") from None

    def call(self, name, *args, **kwargs):
        """A function of the module."""
        return self.ask("call", name, args, kwargs)

    def method(self, pid, name, *args, **kwargs):
        """A method of a process."""
        return self.ask("method", pid, name, args, kwargs)


def failed(answer):
    """The name of the exception class, or None when there is an answer."""
    if isinstance(answer, tuple) and answer and answer[0] == "raised":
        return answer[1]
    return None
