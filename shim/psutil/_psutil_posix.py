"""For tools that look for modules among files, as freezers do; importing it gives psight's."""

import sys

from psight import _psutil_posix

sys.modules[__name__] = _psutil_posix
