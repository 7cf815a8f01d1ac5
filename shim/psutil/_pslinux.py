"""For tools that look for modules among files, as freezers do; importing it gives psight's."""

import sys

from psight import _pslinux

sys.modules[__name__] = _pslinux
