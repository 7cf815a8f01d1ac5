from psight._ntuples import *  # noqa: F403
