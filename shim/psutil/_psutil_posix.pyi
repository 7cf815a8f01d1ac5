from psight._psutil_posix import *  # noqa: F403
