"""The name this package goes by: ``psight``, or ``psutil`` where the shim of that name is in force.

Programs print the names of classes, pickle them and exchange the pickles with others that have real
psutil. So once a program has imported this package as ``psutil``, its classes say that they come
from there, whether they were there before or are made later, and its modules have names there.
"""

import sys

_PACKAGE = __name__.rpartition(".")[0]
# Its classes are the same objects under every name, and cannot be renamed.
_NATIVE = f"{_PACKAGE}._psight"

_other_name = None


def brand(module):
    """Return the name that a class made in this module of the package says it comes from."""
    if _other_name is not None and (module == _PACKAGE or module.startswith(f"{_PACKAGE}.")):
        return _other_name + module[len(_PACKAGE) :]
    return module


def set_brand(name):
    """Go by another name from now on. The second time nothing happens."""
    global _other_name
    if _other_name is not None:
        return
    _other_name = name
    sys.meta_path.insert(0, _Aliases)
    for module_name, module in list(sys.modules.items()):
        if module is not None and brand(module_name) != module_name:
            apply(vars(module))
            if module_name != _PACKAGE:
                sys.modules.setdefault(brand(module_name), module)


def apply(namespace):
    """Rename what a module of the package defines, if the package goes by another name.

    ``__init__`` calls this at its end, because it may be executed again at any time: by a reload,
    or by a program that wants a second, independent state.
    """
    if _other_name is None:
        return
    function = type(apply)
    for value in list(namespace.values()):
        if isinstance(value, (type, function)) and value.__module__ != _NATIVE:
            new_name = brand(value.__module__)
            if new_name != value.__module__:
                _move(value, new_name)
    if namespace["__name__"] == _PACKAGE:
        namespace["__name__"] = _other_name


def _move(value, module):
    line = value.__dict__.get("__firstlineno__")
    value.__module__ = module
    # CPython 3.13 and later forget the line with the module; the class is where it was.
    if line is not None:
        value.__firstlineno__ = line


class _Aliases:
    """Finds the modules of this package under its other name: the same objects, not copies."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        """Return where a submodule of the other name comes from; None for all other modules."""
        package, _, rest = fullname.partition(".")
        # What `-m` runs has to be a copy.
        if package != _other_name or not rest or rest == "__main__":
            return None
        from importlib.util import find_spec

        original = find_spec(f"{_PACKAGE}.{rest}")
        if original is None:
            return None
        return type(original)(fullname, _Aliases, origin=original.origin)

    @staticmethod
    def create_module(spec):
        """Return None: a module that will not be used, made in the default way."""

    @staticmethod
    def exec_module(module):
        """Put the module of this package in the place of one just made."""
        from importlib import import_module

        alias = module.__spec__.name
        original = import_module(_PACKAGE + alias[len(_other_name) :])
        apply(vars(original))
        sys.modules[alias] = original
