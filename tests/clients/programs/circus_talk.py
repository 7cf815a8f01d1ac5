"""Talks to a circusd at the endpoint in the argument; tells as JSON what it answered."""

import json
import os
import signal
import sys
import time

import psutil
from circus.client import CircusClient


def until(question):
    """Whether the answer becomes true within 20 seconds."""
    deadline = time.monotonic() + 20
    while not question() and time.monotonic() < deadline:
        time.sleep(0.05)
    return question()


def alive(process):
    """Whether it runs, and is not just waited for."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Talk:
    """The commands, one call each."""

    def __init__(self, endpoint):
        self.client = CircusClient(endpoint=endpoint, timeout=30)

    def __call__(self, command, **properties):
        answer = self.client.send_message(command, **properties)
        answer.pop("id", None)
        answer.pop("time", None)
        return answer

    def pids(self, name):
        """The workers of one watcher."""
        return self("list", name=name)["pids"]

    def until(self, name, wanted):
        """The workers, once `wanted` is true of them."""
        until(lambda: wanted(self.pids(name)))
        return self.pids(name)


def one_worker(talk, pid):
    """What circus says of one worker, once its child is there."""

    def info():
        return talk("stats", name="pair", process=pid)["info"]

    until(lambda: info()["children"])
    return info()


def story(talk):
    """One thing after the other."""
    pair = talk.until("pair", lambda pids: len(pids) == 2)
    told = {
        "watchers": sorted(talk("list")["watchers"]),
        "statuses": talk("status")["statuses"],
        "one": one_worker(talk, pair[0]),
        "all": {name: len(infos) for name, infos in talk("stats")["infos"].items()},
        "unknown": talk("stats", name="pair", process=1)["reason"],
    }
    child = psutil.Process(pair[0]).children()[0]
    told["to children"] = talk("signal", name="pair", pid=pair[0], signum=9, children=True)[
        "status"
    ]
    told["child killed"] = until(lambda: not alive(child))
    told["worker not"] = alive(psutil.Process(pair[0]))
    told["to worker"] = talk("signal", name="pair", pid=pair[0], signum=9)["status"]
    after = talk.until("pair", lambda pids: len(pids) == 2 and pair[0] not in pids)
    told["came back"] = [len(after), pair[1] in after]
    told["more"] = talk("incr", name="pair", nb=2, waiting=True)["numprocesses"]
    told["fewer"] = talk("decr", name="pair", nb=3, waiting=True)["numprocesses"]
    last = psutil.Process(talk.until("pair", lambda pids: len(pids) == 1)[0])
    os.kill(last.pid, signal.SIGSTOP)
    told["stopped worker"] = until(lambda: last.status() == psutil.STATUS_STOPPED)
    os.kill(last.pid, signal.SIGCONT)
    began = time.monotonic()
    told["deaf one stopped"] = talk("stop", name="deaf", waiting=True)["status"]
    told["after its grace"] = time.monotonic() - began > 0.5
    told["left"] = talk.pids("deaf")
    told["restart"] = talk("restart", name="pair", waiting=True)["status"]
    told["new one"] = last.pid not in talk.pids("pair")
    told["quit"] = talk("quit", waiting=True)["status"]
    return told


def main():
    """Prints the story."""
    talk = Talk(sys.argv[1])
    print(json.dumps(story(talk)))


if __name__ == "__main__":
    main()
