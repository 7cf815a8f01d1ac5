from collections.abc import Callable, Generator, Iterable
from typing import Any, Protocol, type_check_only

from . import Process
from ._process import _Attrs

@type_check_only
class _ProcessIterCallable(Protocol):
    __name__: str
    def __call__(self, attrs: _Attrs | None = None, ad_value: Any = None) -> Generator[Process]: ...
    def cache_clear(self) -> None: ...

def process_iter(
    home: dict[str, Any], attrs: _Attrs | None, ad_value: object
) -> Generator[Process]: ...
def wait_procs(
    home: dict[str, Any],
    procs: Iterable[Process],
    timeout: float | None,
    callback: Callable[[Process], object] | None,
) -> tuple[list[Process], list[Process]]: ...
