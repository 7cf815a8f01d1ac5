"""How far two answers about the same thing may be apart, and which differences are meant."""

import re

# What moves between two questions: (path, how it may be off, why). A path is names joined by dots,
# as `flat` makes them; the first that matches counts. What matches none must be equal.
#   rising   a counter: between psutil's answer before and after
#   near N   a gauge: between them, give or take the share N of it and 256 KiB
#   fall N   a counter that the kernel corrects: as rising, N less or more
#   free     only the type is compared
RULES = [
    (r"cpu_percent", "free", 0, "psutil's first answer is 0.0, and a busy child has had any share"),
    (r"cpu_num", "free", 0, "it moves from CPU to CPU when it runs"),
    (r"create_time", "fall", 0.011, "one tick"),
    (
        r"cpu_times\.(idle|iowait)",
        "fall",
        0.5,
        "the kernel moves them between CPUs and corrects them",
    ),
    (r"(cpu_times|cpu_stats|io_counters|num_ctx_switches)\.", "rising", 0, "counters"),
    (r"(disk_io_counters|net_io_counters)\.", "rising", 0, "counters"),
    (r"threads\..*_time", "rising", 0, "counters"),
    (r"memory_full_info\.(pss|uss|rss)", "near", 0.05, "shares of pages move with other processes"),
    (
        r"memory_maps\..*\.(pss|shared|private|referenced)",
        "near",
        0.05,
        "shares of pages move with other processes",
    ),
    (r"cpu_times_percent\.", "free", 0, "measured over different spans"),
    (r"cpu_freq\..*current", "near", 0.9, "a clock may be anything from rest to boost"),
    (r"getloadavg", "near", 0.5, "the kernel makes new ones every five seconds"),
    (r"virtual_memory\.percent", "fall", 3.0, "memory of the machine moves with every process"),
    (r"(virtual|swap)_memory\.(?!total|percent)", "near", 0.2, "as said"),
    (r"disk_usage\.(used|free|percent)", "near", 0.05, "files are written meanwhile"),
    (r"heap_info\.", "free", 0, "the heap of another process"),
]
RULES = [(re.compile(path), how, slack) for path, how, slack, _ in RULES]
KIB_256 = 2**18


def flat(path, answer):
    """An answer of `asking.plain` as values by path. Types are part of the path."""
    kind, value = answer[0], answer[1]
    if kind == "raised":
        _, name, text, facts, _ = answer
        return {f"{path}.raised": (name, text, sorted(facts))}
    if kind == "enum":
        return {f"{path}.{kind}": answer[1:]}
    if kind == "dict":
        parts = [(repr(key), one) for key, one in value.items()]
    elif isinstance(value, list):
        parts = list(enumerate(value))
    elif isinstance(value, tuple):
        parts = value
    else:
        return {f"{path}:{kind}": value}
    found = {f"{path}:{kind}": len(parts)}
    for name, one in parts:
        found.update(flat(f"{path}.{name}", one))
    return found


def keyed(answer, key):
    """Rows that may come in any order, by one of their fields."""
    if answer[0] != "list":
        return answer
    return ("dict", {dict(row[1])[key][1]: row for row in answer[1]})


def differences(name, before, ours, after):
    """The paths and values in which an answer is not psutil's."""
    one, mine, two = (flat(name, answer) for answer in (before, ours, after))
    found = []
    for path in one.keys() | mine.keys():
        if path in one and path in mine and holds(path, one[path], mine[path], two.get(path)):
            continue
        # Rows that come or go between psutil's two answers are neither wrong nor right.
        if (path in one) == (path in two) or (path in one) == (path in mine):
            found.append((path, one.get(path, "absent"), mine.get(path, "absent")))
    return sorted(found, key=repr)


def holds(path, before, ours, after):
    """Whether a value is right, given psutil's before and after."""
    if ours in (before, after):
        return True
    numbers = all(isinstance(one, (int, float)) for one in (before, ours, after))
    for pattern, how, slack in RULES:
        if pattern.match(path) and numbers:
            low, high = sorted((before, after))
            if how == "near":
                slack = KIB_256 * isinstance(ours, int) + slack * abs(high)
            return how == "free" or low - slack <= ours <= high + slack
    return False


def sanctioned(name, label, theirs, ours):
    """The decision that explains why a whole answer differs, if any."""
    mine, failed = ours[1], theirs[0] == "raised"
    if name == "environ" and failed and theirs[1] == "NoSuchProcess" and mine == {}:
        return "D08"
    if name == "threads" and "parenthes" in label and mine != theirs[1]:
        return "D18"
    if name in ("cmdline", "environ") and "carriage return" in label:
        return "D48" if newlines(ours) == theirs else None
    if name == "name" and "inside a character" in label:
        return "D49" if os_bytes(mine).startswith(os_bytes(theirs[1])) else None
    if name == "net_connections" and label == "local sockets" and ours[0] == "list":
        wanted = sorted(map(repr, theirs[1]))
        return "D16" if sorted(map(repr, map(without_blanks, ours[1]))) == wanted else None
    if (
        name == "memory_maps"
        and ("mapped" in label or "blank" in label)
        and (ours[0] == theirs[0] == "list")
    ):
        one, other = paths(theirs), paths(ours)
        same = sorted(map(str.rstrip, one)) == sorted(map(str.rstrip, other))
        return "D50" if one != other and same else None
    if name == "sensors_battery" and failed and theirs[1] == "FileNotFoundError" and mine is None:
        return "D19"
    if name == "net_if_stats" and failed and theirs[1] == "OSError":
        return "D23"
    return None


def without_blanks(row):
    """A socket as psutil tells it: without a path that has a blank."""
    kind, fields = row
    path = dict(fields)["laddr"]
    if path[0] != "str" or " " not in path[1]:
        return row
    blank = ("laddr", ("str", ""))
    return (kind, type(fields)(blank if field[0] == "laddr" else field for field in fields))


def newlines(answer):
    """The answer as read in text mode."""
    if isinstance(answer, str):
        return answer.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(answer, (tuple, list)):
        return type(answer)(newlines(one) for one in answer)
    if isinstance(answer, dict):
        return {key: newlines(one) for key, one in answer.items()}
    return answer


def os_bytes(text):
    """The bytes of a name."""
    return text.encode("utf-8", "surrogateescape")


def paths(answer):
    """The paths of a table of maps."""
    return [dict(row[1])["path"][1] for row in answer[1]]
