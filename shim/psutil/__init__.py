"""psight in the place of psutil: after ``import psutil``, ``psutil is psight``."""

import sys


def _start(namespace):
    module = sys.modules.get("psutil")
    imported = module is not None and module.__dict__ is namespace
    if imported and __spec__.loader_state is None:
        import psight
        from psight import _brand

        _brand.set_brand("psutil")
        sys.modules["psutil"] = psight
    elif imported and "psight" not in sys.modules:
        # importlib.util.LazyLoader wants the module that it made: then that one is psight.
        try:
            _become_psight(namespace, module)
        except BaseException:
            sys.modules.pop("psight", None)
            raise
        from psight import _brand

        _brand.set_brand("psutil")
    else:
        # Executed in a module of its own, as psutil_home_assistant does to have a second state.
        from psight import _brand

        _brand.set_brand("psutil")
        _become_psight(namespace)


def _become_psight(namespace, module=None):
    """Execute psight's ``__init__`` in this namespace; of that module, if given."""
    from importlib.util import find_spec

    spec = find_spec("psight")
    if spec is None:
        raise ModuleNotFoundError("No module named 'psight'", name="psight")
    # The lazy module goes on looking there until it is loaded.
    spec.loader_state = namespace["__spec__"].loader_state
    namespace.update(
        __spec__=spec,
        __name__="psight",
        __package__="psight",
        __loader__=spec.loader,
        __file__=spec.origin,
        __path__=spec.submodule_search_locations,
    )
    if module is not None:
        sys.modules["psight"] = module
    exec(spec.loader.get_code("psight"), namespace)


_start(globals())
