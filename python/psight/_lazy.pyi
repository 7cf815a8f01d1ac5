from typing import Any

MEMBERS: tuple[str, ...]

def value(home: dict[str, Any], name: str) -> Any: ...
