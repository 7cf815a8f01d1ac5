"""Decorators: results remembered, and methods renamed.

``functools`` is imported when a decorator is applied, which nothing does while the package is
being imported.
"""

_MISSING = object()


def memoize(fun):
    """Remember what a function returned for each set of (hashable) arguments.

    Works on functions, static and class methods, and on classes, which then have one object for
    each set of arguments; not on methods. The result has ``cache_clear()``. Exceptions are not
    remembered.
    """
    import functools

    cache = {}

    @functools.wraps(fun)
    def wrapper(*args, **kwargs):
        key = (args, frozenset(kwargs.items()))
        value = cache.get(key, _MISSING)
        if value is _MISSING:
            value = cache[key] = fun(*args, **kwargs)
        return value

    def cache_clear():
        """Forget every result."""
        cache.clear()

    wrapper.cache_clear = cache_clear
    return wrapper


def memoize_when_activated(fun):
    """Remember what a method without arguments returned, from when its object asks for that.

    ``method.cache_activate(obj)`` begins with an empty memory, kept as ``obj._cache``;
    ``method.cache_deactivate(obj)`` drops it. Without one the method runs each time.
    """
    import functools

    @functools.wraps(fun)
    def wrapper(self):
        # Read once: another thread may deactivate while the method runs, and then the result
        # goes into a dictionary nobody has any more.
        cache = getattr(self, "_cache", None)
        if cache is None:
            return fun(self)
        value = cache.get(fun, _MISSING)
        if value is _MISSING:
            value = cache[fun] = fun(self)
        return value

    def cache_activate(obj):
        """Begin to remember, with nothing remembered."""
        obj._cache = {}

    def cache_deactivate(obj):
        """Forget, and remember no more."""
        try:
            del obj._cache
        except AttributeError:
            pass

    wrapper.cache_activate = cache_activate
    wrapper.cache_deactivate = cache_deactivate
    return wrapper


def deprecated_method(replacement):
    """Make a method warn that it is deprecated, then call the method named ``replacement``.

    The text of the warning becomes the docstring if there is none.
    """
    import functools

    def decorate(fun):
        text = f"{fun.__name__}() is deprecated and will be removed; use {replacement}() instead"
        if fun.__doc__ is None:
            fun.__doc__ = text

        @functools.wraps(fun)
        def wrapper(self, *args, **kwargs):
            import warnings

            warnings.warn(text, category=DeprecationWarning, stacklevel=2)
            return getattr(self, replacement)(*args, **kwargs)

        return wrapper

    return decorate
