import sys

from psight._pswindows import *  # noqa: F403

if sys.platform == "win32":
    from psight._pswindows import _WindowsServiceAttrs as _WindowsServiceAttrs
