from psight._pslinux import *  # noqa: F403
