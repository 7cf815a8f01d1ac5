from _typeshed import SupportsWrite

def term_supports_colors(file: SupportsWrite[str] | None = None) -> bool: ...
def hilite(s: str, color: str | None = None, bold: bool = False) -> str: ...
def print_color(
    s: str,
    color: str | None = None,
    bold: bool = False,
    file: SupportsWrite[str] | None = None,
) -> None: ...
