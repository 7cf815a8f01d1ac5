"""A program for memory_profiler: it takes 40 MiB and gives them back."""

from memory_profiler import profile


@profile(precision=1)
def take():
    """Takes memory, line by line."""
    kept = bytearray(b"x") * (40 << 20)
    more = bytearray(b"y") * (20 << 20)
    del kept
    return len(more)


if __name__ == "__main__":
    print(take())
