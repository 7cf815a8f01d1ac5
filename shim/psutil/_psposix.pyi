from psight._psposix import *  # noqa: F403
from psight._psposix import (
    Negsignal as Negsignal,
    can_use_kqueue as can_use_kqueue,
    can_use_pidfd_open as can_use_pidfd_open,
    convert_exit_code as convert_exit_code,
    negsig_to_enum as negsig_to_enum,
    wait_pid_kqueue as wait_pid_kqueue,
    wait_pid_pidfd_open as wait_pid_pidfd_open,
    wait_pid_posix as wait_pid_posix,
)
