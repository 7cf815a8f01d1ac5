from _thread import LockType
from typing import Protocol, type_check_only

from typing_extensions import TypeAlias

_Numbers: TypeAlias = dict[str, tuple[int, ...]]
_Offsets: TypeAlias = dict[tuple[str, int], int]
_Restarted: TypeAlias = dict[str, set[tuple[str, int]]]
_Info: TypeAlias = tuple[dict[str, _Numbers], dict[str, _Offsets], dict[str, _Restarted]]

class WrapNumbers:
    lock: LockType
    cache: dict[str, _Numbers]
    reminders: dict[str, _Offsets]
    reminder_keys: dict[str, _Restarted]
    def __init__(self) -> None: ...
    def run(self, numbers: _Numbers, name: str) -> _Numbers: ...
    def cache_clear(self, name: str | None = None) -> None: ...
    def cache_info(self) -> _Info: ...

@type_check_only
class _WrapNumbersCallable(Protocol):
    def __call__(self, input_dict: _Numbers, name: str) -> _Numbers: ...
    def cache_clear(self, name: str | None = None) -> None: ...
    def cache_info(self) -> _Info: ...

wrap_numbers: _WrapNumbersCallable
