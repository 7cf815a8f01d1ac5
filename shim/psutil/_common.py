"""For tools that look for modules among files, as freezers do; importing it gives psight's."""

import sys

from psight import _common

sys.modules[__name__] = _common
