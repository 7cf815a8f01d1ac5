"""psutil behind psight's command line, to try the comparison itself: `run --mirror` must find
nothing, whatever moves on the machine.
"""

import json
import sys

import collect
import psutil
from shapes import Raised


def default(field, value):
    """What psight says where psutil raises, by the decisions."""
    if isinstance(value, Raised):
        return {} if field == "environ" else None
    if field == "threads":
        return sorted(value, key=lambda row: row["id"])
    return value


def main(arguments):
    if arguments[0] == "system":
        facts = {key: default(key, value) for key, value in collect.system().items()}
        print(json.dumps(facts))
        return
    pids = [int(text) for name, text in zip(arguments, arguments[1:]) if name == "--pid"]
    rows = collect.processes(pids or psutil.pids()).values()
    print(json.dumps([{key: default(key, row[key]) for key in row} for row in rows]))


main(sys.argv[1:])
