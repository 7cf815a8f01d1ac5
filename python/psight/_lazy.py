"""Public names that cost something to make, made when first asked for.

Enums and ``Popen`` need modules (``enum``, ``subprocess``) that would be most of what importing
the package costs.
"""

from . import _enums

#: Public members of the enums.
MEMBERS = tuple(name for name in _enums.NAMES if name.isupper())


def value(home, name):
    """The value of a public name of the namespace ``home``; ``AttributeError`` if it has none."""
    if name == "Popen":
        from ._popen import make_popen

        return make_popen(home["Process"], home["Process"].__module__)
    if name in MEMBERS:
        return getattr(_enums, name)
    raise AttributeError(f"module {home['__name__']!r} has no attribute {name!r}")
