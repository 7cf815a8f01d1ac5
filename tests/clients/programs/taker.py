"""A program to be watched: it and its child take 20 MiB each and end after a while."""

import subprocess
import sys
import time

kept = bytearray(b"x") * (20 << 20)
if sys.argv[1:]:
    time.sleep(float(sys.argv[1]))
else:
    subprocess.run([sys.executable, "-B", __file__, "0.8"], check=True)
