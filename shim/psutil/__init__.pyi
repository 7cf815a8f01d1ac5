# The package psight under psutil's name.
import sys

from psight import *  # noqa: F403
from psight import (
    _TOTAL_PHYMEM as _TOTAL_PHYMEM,
    __author__ as __author__,
    __psight_version__ as __psight_version__,
    _as_dict_attrnames as _as_dict_attrnames,
    _last_cpu_times as _last_cpu_times,
    _last_cpu_times_2 as _last_cpu_times_2,
    _last_per_cpu_times as _last_per_cpu_times,
    _last_per_cpu_times_2 as _last_per_cpu_times_2,
    _pmap as _pmap,
    _ProcessIterCallable as _ProcessIterCallable,
    _psplatform as _psplatform,
    _Status as _Status,
    _timer as _timer,
    bytes2human as bytes2human,
)

from . import (
    _common as _common,
    _exceptions as _exceptions,
    _ntuples as _ntuples,
    _psposix as _psposix,
)

if sys.platform == "linux":
    from . import _pslinux as _pslinux
elif sys.platform == "win32":
    from . import _pswindows as _pswindows
elif sys.platform == "darwin":
    from . import _psosx as _psosx
