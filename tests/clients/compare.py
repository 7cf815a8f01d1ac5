"""Compares what two programs said, leaf by leaf.

An observation is a tree of dicts, lists and plain values, as JSON has them. A scenario states in
its RULES how leaves are compared: pairs of a pattern for the path (as of a file name, parts joined
by dots) and a way. The first pattern that fits counts. Without one, numbers are compared by their
type and everything else must be equal.
"""

import fnmatch
from dataclasses import dataclass


@dataclass(frozen=True)
class Near:
    """Numbers of one type may differ by a share of the larger one or by an absolute amount; what is
    not a number must be equal."""

    share: float = 0.0
    amount: float = 0.0


EXACT = "exact"  # equal values
KIND = "kind"  # equal types all the way down; keys of dicts equal; texts both empty or both not
SKIP = "skip"  # not compared at all

EMPTY = object()


class Shared(dict):
    """A dict of which only the keys that both sides have are compared: processes come and go. Each
    side sees to it by itself that none is missing."""


def differences(left, right, rules, path=""):
    """A list of sentences, one for each place where the two do not agree."""
    way = _way(path, left, right, rules)
    if way == SKIP:
        return []
    if way == KIND:
        return [] if _kind(left) == _kind(right) else [_say(path, left, right, "another kind")]
    if isinstance(way, Near) and (_is_number(left) or _is_number(right)):
        return _near(path, left, right, way)
    if type(left) is not type(right):
        return [_say(path, left, right, "another type")]
    if isinstance(left, dict):
        return _dicts(left, right, rules, path)
    if isinstance(left, list):
        return _lists(left, right, rules, path)
    return [] if left == right else [_say(path, left, right, "not equal")]


def _way(path, left, right, rules):
    for pattern, way in rules:
        if fnmatch.fnmatchcase(path, pattern):
            return way
    return KIND if _is_number(left) and _is_number(right) else EXACT


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _near(path, left, right, way):
    if type(left) is not type(right) or not _is_number(left):
        return [_say(path, left, right, f"not two numbers of one type, for {way}")]
    allowed = max(way.amount, way.share * max(abs(left), abs(right)))
    return [] if abs(left - right) <= allowed else [_say(path, left, right, f"beyond {way}")]


def _dicts(left, right, rules, path):
    if isinstance(left, Shared):
        left, right = ({key: it[key] for key in left if key in right} for it in (left, right))
    found = []
    for key in list(left) + [key for key in right if key not in left]:
        below = f"{path}.{key}" if path else str(key)
        if key not in left or key not in right:
            if _way(below, EMPTY, EMPTY, rules) != SKIP:
                side = "left" if key in left else "right"
                found.append(f"{below}: only on the {side}: {_short((left | right)[key])}")
            continue
        found += differences(left[key], right[key], rules, below)
    return found


def _lists(left, right, rules, path):
    if len(left) != len(right):
        return [_say(path, left, right, f"{len(left)} and {len(right)} items")]
    found = []
    for index, pair in enumerate(zip(left, right)):
        found += differences(*pair, rules, f"{path}.{index}" if path else str(index))
    return found


def _kind(value):
    if isinstance(value, dict):
        return {key: _kind(item) for key, item in value.items()}
    if isinstance(value, list):
        return ["list", sorted({repr(_kind(item)) for item in value})]
    if isinstance(value, str):
        return "text" if value else "no text"
    return type(value).__name__


def _say(path, left, right, why):
    return f"{path or 'all of it'}: {why}\n    left   {_short(left)}\n    right  {_short(right)}"


def _short(value):
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + " ..."
