from collections.abc import Callable
from typing import TypeVar

from typing_extensions import ParamSpec

_P = ParamSpec("_P")
_R = TypeVar("_R")

# What the first two return has cache_clear(), or cache_activate() and cache_deactivate(). It is
# typed as what was decorated, so that a decorated method stays a method.
def memoize(fun: Callable[_P, _R]) -> Callable[_P, _R]: ...
def memoize_when_activated(fun: Callable[_P, _R]) -> Callable[_P, _R]: ...
def deprecated_method(replacement: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]: ...
