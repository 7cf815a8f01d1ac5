"""Children with odd names, executables, arguments, environments and working directories."""

import os

LONG = 4096 * 4


def start(nursery):
    """Starts them all."""
    names(nursery)
    executables(nursery)
    arguments(nursery)
    titles(nursery)
    environments(nursery)
    directories(nursery)


def names(nursery):
    """The kernel takes a process's name from the file name, 15 bytes of it, whatever they are."""
    for label, name in [
        ("name of parentheses, blank and newline", b"a) (b\n S 1"),
        ("name ending in a parenthesis", b"x) R 1 2"),
        ("name that is a number", b"12345"),
        ("name of a blank", b" "),
        ("name of 15 characters", b"fifteen-letters"),
        ("name that is not UTF-8", b"\xff\xfe\x80"),
        # 15 bytes end inside a character, and are fewer than 15 characters.
        ("name cut inside a character", "äöüäöüäöü".encode()),
        ("name with a backslash", b"back\\nslash"),
    ]:
        nursery.start(label, nursery.program(name))
    long = nursery.program(b"sixteen-letters!")
    nursery.start("name of 16 characters", long)
    nursery.start("name of 16 characters, arguments disagree", long, argv=["other"])
    nursery.start("name of 16 characters, no arguments", long, argv=[])
    nursery.start("name of 16 characters, relative path", long, argv=["x/sixteen-letters!"])
    nursery.start("name of 16 characters, blank in it", nursery.program(b"sixteen letters!"))
    nursery.start("first argument longer than the name", argv=["idler-and-more"])


def executables(nursery):
    """Links to executables that are gone, or look as if they were."""
    gone = nursery.program("gone")
    nursery.start("deleted executable", gone)
    os.unlink(gone)
    nursery.start("executable named (deleted)", nursery.program("here (deleted)"))
    taken = nursery.program("taken")
    nursery.start("deleted executable, its link's text is a file", taken)
    os.unlink(taken)
    nursery.program("taken (deleted)")
    replaced = nursery.program("replaced")
    nursery.start("replaced executable", replaced)
    os.unlink(replaced)
    nursery.program("replaced")
    nursery.start("executable of odd bytes", nursery.program(b"odd \xff\nname"))
    os.mkdir(nursery.path("short-lived"))
    inside = nursery.program("short-lived/idler")
    nursery.start("executable in a deleted directory", inside)
    os.unlink(inside)
    os.rmdir(nursery.path("short-lived"))


def arguments(nursery):
    """Vectors that do not survive a naive split."""
    for label, argv in [
        ("empty arguments", ["idler", "", "a", "", ""]),
        ("only empty arguments", ["", "", ""]),
        ("one empty argument", [""]),
        ("no arguments at all", []),
        ("arguments with blanks", ["idler", "two words", " ", "tab\there"]),
        ("one argument with a blank", ["all in one"]),
        ("one argument ending in a blank", ["trailing "]),
        ("one argument of a blank", [" "]),
        ("arguments with newlines", ["idler", "one\ntwo\n", "\n"]),
        ("arguments that are not UTF-8", [b"idler", b"\xff\xfe", b"caf\xe9 \xc3\xa9"]),
        ("argument that is a surrogate", [b"idler", b"\xed\xa0\x80"]),
        ("a very long argument", ["idler", "x" * (LONG + 3)]),
        ("very many arguments", ["idler", *map(str, range(LONG))]),
        ("arguments of exactly a page", ["i", "x" * (4096 - 3)]),
        ("arguments with controls", ["idler", "\x01\x1b[31m\x7f\u2028\u0085\u009b31m"]),
        ("arguments with carriage returns", ["idler", "one\rtwo\r\nthree"]),
    ]:
        nursery.start(label, argv=argv)


def titles(nursery):
    """Processes that wrote over their arguments."""
    room = ["idler", "room for the title"]
    for label, env in [
        ("title shorter than the arguments", [b"IDLER_TITLE=short"]),
        ("title with blanks", [b"IDLER_TITLE=now: a title"]),
        ("title padded with blanks", [b"IDLER_TITLE=now: a title", b"IDLER_PAD= "]),
        ("title that fills the arguments", [b"IDLER_TITLE=" + b"0123456 " * 3]),
        ("title beyond the arguments", [b"IDLER_TITLE=" + b"long title " * 6, b"IDLER_SPILL=1"]),
        ("empty title", [b"IDLER_TITLE="]),
    ]:
        padding = b"PADDING=" + b"x" * 200
        nursery.start(label, argv=room, env=[b"IDLER_MODE=title", padding, *env])


def environments(nursery):
    """Entries that `environ` must skip, keep, or stop at."""
    nursery.start(
        "odd environment",
        env=[
            b"NOEQUALS",
            b"=STARTS",
            b"=",
            b"EMPTY=",
            b"TWICE=1",
            b"TWICE=2",
            b"EQUALS=a=b=c",
            b"BYTES=\xff\xfe",
            b"\xff\xfe=1",
            b"LINES=a\nb",
            b" BLANK =  ",
        ],
    )
    nursery.start("environment with an empty entry", env=[b"BEFORE=1", b"", b"AFTER=1"])
    nursery.start("large environment", env=[b"N%d=%s" % (n, b"v" * 500) for n in range(200)])
    nursery.start("environment with carriage returns", env=[b"CR=a\rb\r\n"])


def directories(nursery):
    """Working directories."""
    for label, name, removed in [
        ("deleted working directory", "gone-directory", True),
        ("working directory of odd bytes", b"d \xff\n\t", False),
        ("working directory named (deleted)", "directory (deleted)", False),
    ]:
        place = nursery.path(name)
        os.mkdir(place)
        nursery.start(label, prepare=lambda place=place: os.chdir(place))
        if removed:
            os.rmdir(place)
