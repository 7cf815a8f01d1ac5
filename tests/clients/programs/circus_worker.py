"""A worker for circus: has a child, and is deaf to SIGTERM when told so."""

import signal
import subprocess
import sys
import time

if sys.argv[1:] == ["deaf"]:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
elif sys.argv[1:] != ["child"]:
    subprocess.Popen([sys.executable, "-S", __file__, "child"])
time.sleep(120)
