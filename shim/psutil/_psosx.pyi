from psight._psosx import *  # noqa: F403
