"""jupyter-resource-usage and ipykernel: the server's metrics, Prometheus's, and a kernel's own."""

import json
import re
import sys

from compare import KIND, Near
from side import fetch, free_port, wait_for

MIB = 1 << 20
SETTINGS = {
    "ServerApp": {
        "ip": "127.0.0.1",
        "port_retries": 0,
        "open_browser": False,
        "allow_root": True,
        "disable_check_xsrf": True,
        "jpserver_extensions": {"jupyter_resource_usage": True},
    },
    "IdentityProvider": {"token": ""},
    "ResourceUseDisplay": {
        "track_cpu_percent": True,
        "track_disk_usage": True,
        "disk_path": "/",
        "cpu_limit": 2.0,
        "mem_limit": 4 << 30,
        "show_host_usage": True,
    },
}
RULES = [
    ("server with a kernel.limits.cpu.warn", KIND),
    ("server*.rss", Near(0.15, 8 * MIB)),
    ("server*.pss", Near(0.15, 8 * MIB)),
    ("server*.limits.*.warn", Near(0)),
    ("server*.limits.*", Near(0)),
    ("server*.cpu_count", Near(0)),
    ("server*.disk_total", Near(0)),
    ("server*.disk_used", Near(0.02, 512 * MIB)),
    ("kernel.kernel_memory", Near(0.15, 8 * MIB)),
    ("kernel.cpu_count", Near(0)),
    ("kernel.host_virtual_memory.total", Near(0)),
    ("kernel.host_virtual_memory.percent", Near(0, 4.0)),
    ("kernel.host_virtual_memory.*", Near(0.1, 256 * MIB)),
    ("prometheus.total_memory_usage", Near(0.15, 8 * MIB)),
    ("prometheus.max_memory_usage", Near(0)),
    ("prometheus.max_disk_usage", Near(0)),
    ("prometheus.max_cpu_usage", Near(0)),
    ("prometheus.total_disk_usage", Near(0.02, 512 * MIB)),
]
MUTATION = """
_real_full = Process.memory_full_info
def _without_pss(self):
    info = _real_full(self)
    return _ntp.pmem(*info[:7])
Process.memory_full_info = _without_pss
"""


def observe(side, stage):
    """The three, of a server without and with a kernel."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    config = side.write("jupyter_server_config.json", json.dumps(SETTINGS))
    argv = [sys.executable, "-m", "jupyter_server", "--config", config, "--port", str(port)]
    with side.serve(*argv) as server:
        alone = json.loads(fetch(f"{url}/api/metrics/v1"))
        kernel = json.loads(fetch(f"{url}/api/kernels", "POST", b"{}"))["id"]
        usage = f"{url}/api/metrics/v1/kernel_usage/get_usage/{kernel}"

        def content():
            told = json.loads(fetch(usage))["content"]
            return told if "host_cpu_percent" in told else None

        told = wait_for(content, "a kernel's own figures")
        seen = {
            "server": alone,
            "kernel": told,
            "prometheus": prometheus(url),
            "server with a kernel": json.loads(fetch(f"{url}/api/metrics/v1")),
        }
        fetch(f"{url}/api/kernels/{kernel}", "DELETE")
        log = side.read(server.log)
    told.pop("pid")
    # What went wrong; of where it listens and the like every server has its own words.
    seen["log"] = re.findall(r"^\[[WECD] [^\]]*\] (.*)", log, flags=re.MULTILINE)
    return seen


def prometheus(url):
    """The gauges that come from psutil, once they have been set."""

    def gauges():
        text = fetch(f"{url}/metrics")
        found = re.findall(r"^((?:total|max)_\w+_usage) (\S+)$", text, flags=re.MULTILINE)
        told = {name: float(number) for name, number in found}
        return told if told.get("total_memory_usage") else None

    return wait_for(gauges, "the gauges")
