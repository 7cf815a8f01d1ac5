from collections.abc import Generator
from typing import Any, Literal, Protocol, overload, type_check_only

from . import Process, _ntuples as _ntp
from ._process import _Attrs, _OrNone

@type_check_only
class _ProcessIterCallable(Protocol):
    __name__: str
    def __call__(self, attrs: _Attrs | None = None, ad_value: Any = None) -> Generator[Process]: ...
    def cache_clear(self) -> None: ...

@type_check_only
class _DiskIoCountersCallable(Protocol):
    __name__: str
    @overload
    def __call__(
        self, perdisk: Literal[False] = False, nowrap: bool = True
    ) -> _ntp.sdiskio | None: ...
    @overload
    def __call__(self, perdisk: Literal[True], nowrap: bool = True) -> dict[str, _ntp.sdiskio]: ...
    def cache_clear(self) -> None: ...

@type_check_only
class _NetIoCountersCallable(Protocol):
    __name__: str
    @overload
    def __call__(
        self, pernic: Literal[False] = False, nowrap: bool = True
    ) -> _ntp.snetio | _OrNone: ...
    @overload
    def __call__(self, pernic: Literal[True], nowrap: bool = True) -> dict[str, _ntp.snetio]: ...
    def cache_clear(self) -> None: ...
