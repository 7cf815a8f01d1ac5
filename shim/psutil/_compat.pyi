from psight._compat import *  # noqa: F403
from psight._compat import (
    ChildProcessError as ChildProcessError,
    FileExistsError as FileExistsError,
    FileNotFoundError as FileNotFoundError,
    InterruptedError as InterruptedError,
    PermissionError as PermissionError,
    ProcessLookupError as ProcessLookupError,
    range as range,
    super as super,
)
