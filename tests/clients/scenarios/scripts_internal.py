"""Upstream's scripts that call everything there is: print_api_speed, print_access_denied, ..."""

import os

from text import masked, without_ansi

# What psight has besides the names of 7.2.2 must not show here, where everything is called.
RULES = []
MUTATION = "del Process.num_fds"


def observe(side, stage):
    """What each of them says it called, and with what outcome."""

    def script(name, *args):
        path = os.path.join(stage.scripts, "internal", f"{name}.py")
        result = side.python(path, *args)
        return without_ansi(result.out.replace("\r", "\n")), masked(result.err)

    return {
        "speed": speed(*script("print_api_speed", "-t", 2)),
        "denied": denied(*script("print_access_denied")),
        "oneshot": oneshot(*script("bench_oneshot")),
    }


def speed(out, err):
    """The names of what was timed, and how often it was called."""
    names, titles = {}, []
    for line in out.splitlines():
        words = line.rsplit(maxsplit=2)
        if len(words) == 3 and words[1].isdigit():
            names[words[0]] = words[1]
        elif line.isupper():
            titles.append(line.split())
    return {"names": names, "titles": titles, "err": err}


def denied(out, err):
    """The methods that were tried on every process; the last line has totals."""
    head, *rows = [line for line in out.splitlines() if line.strip()]
    table, end = rows[:-2], rows[-2:]
    names = {row.split()[0]: row.split(maxsplit=3)[3].strip() for row in table}
    return {"head": head.split(), "names": names, "end": masked("\n".join(end)), "err": err}


def oneshot(out, err):
    """The methods that were called with and without oneshot()."""
    lines = out.splitlines()
    methods = [line.strip() for line in lines if line.startswith("    ")]
    return {
        "head": lines[0],
        "methods": methods,
        "timed": masked("\n".join(lines[len(methods) + 1 : len(methods) + 3])),
        "err": err,
    }
