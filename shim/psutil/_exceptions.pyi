from psight._exceptions import *  # noqa: F403
