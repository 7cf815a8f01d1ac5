from psight._common import *  # noqa: F403
