from typing import Any

from ._ntuples import scputimes

# ``home`` is the namespace of the package, where the readings are kept.
def percent(home: dict[str, Any], interval: float | None, percpu: bool) -> float | list[float]: ...
def times_percent(
    home: dict[str, Any], interval: float | None, percpu: bool
) -> scputimes | list[scputimes]: ...
def first_readings(home: dict[str, Any]) -> None: ...
