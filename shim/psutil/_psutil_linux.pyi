from psight._psutil_linux import *  # noqa: F403
