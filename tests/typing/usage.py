"""Programs that use everything a package's stubs declare, written from the stubs themselves.

For each module of the package one program: it imports every name, calls every function with what
each overload takes (by position, by keyword, and with what is required), builds every named tuple
and takes it apart, reads and sets every attribute, and derives from every class, overriding its
methods as they are declared. Every line is marked with what it uses, so that a complaint about it
can be traced back. The programs are for type checkers and never run.
"""

import ast
from dataclasses import dataclass, field
from types import SimpleNamespace

_OVERLOAD = "overload"


@dataclass
class Program:
    """The text of a program, and what each of its lines uses."""

    lines: list = field(default_factory=list)
    uses: dict = field(default_factory=dict)
    functions: int = 0

    def add(self, text, use=None):
        """Append lines that use one thing."""
        for line in text.splitlines():
            self.lines.append(line)
            if use:
                self.uses[len(self.lines)] = use

    def function(self, use, parameters, returns, *body):
        """Append a function of its own for some statements."""
        self.functions += 1
        self.add(f"def use_{self.functions}({', '.join(parameters)}) -> {returns}:", use)
        for line in body:
            self.add(f"    {line}", use)

    def text(self):
        """Return the whole program."""
        return "\n".join(self.lines) + "\n"


def in_force(body, platform, version):
    """Yield the statements that hold on a platform and a Python version."""
    machine = {"sys": SimpleNamespace(platform=platform, version_info=version)}
    for statement in body:
        if isinstance(statement, ast.If):
            test = compile(ast.Expression(statement.test), "<stub>", "eval")
            holds = eval(test, {"__builtins__": {}}, machine)
            yield from in_force(statement.body if holds else statement.orelse, platform, version)
        else:
            yield statement


def _decorators(node):
    return {ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list}


def _annotation(node, default="Any"):
    if node is None:
        return default
    text = ast.unparse(node)
    return default if text == "Incomplete" else text


@dataclass
class _Parameter:
    name: str
    type: str
    required: bool
    by_position: bool
    by_name: bool


def _parameters(function, skip):
    """Return the parameters of a function, without the first ``skip``."""
    arguments = function.args
    listed = [(argument, False) for argument in arguments.posonlyargs]
    listed += [(argument, True) for argument in arguments.args]
    optional = len(listed) - len(arguments.defaults)
    found = [
        _Parameter(argument.arg, _annotation(argument.annotation), index < optional, True, named)
        for index, (argument, named) in enumerate(listed)
    ][skip:]
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        type_ = _annotation(argument.annotation)
        found.append(_Parameter(argument.arg, type_, default is None, False, True))
    return found


def _calls(callee, parameters):
    """Yield (the parameters that are given, the call), once for each way to call."""

    def call(given, named):
        inside = [
            f"{one.name}={one.name}" if (named and one.by_name) or not one.by_position else one.name
            for one in given
        ]
        return given, f"{callee}({', '.join(inside)})"

    required = [one for one in parameters if one.required]
    ways = [call(parameters, False), call(required, False)]
    if not callee.endswith("__"):
        ways.append(call(parameters, True))
    seen = set()
    for given, text in ways:
        if text not in seen:
            seen.add(text)
            yield given, text


class Writer:
    """Writes the program of one module."""

    def __init__(self, package, module, tree, platform, version):
        self.package = package
        self.module = module
        self.platform = platform
        self.version = version
        self.program = Program()
        self.statements = list(in_force(tree.body, platform, version))
        self.local = module.rpartition(".")[2] if module != package else ""

    def key(self, *names):
        """Return the name of what is used, as in the list of exceptions."""
        return ".".join(filter(None, (self.local, *names)))

    def write(self):
        """Return the program."""
        program = self.program
        program.add("from __future__ import annotations")
        program.add("import typing")
        program.add("from typing import Any")
        program.add("anything: Any = None")
        self._imports()
        program.add(f"import {self.module} as the_module", self.key("<module>"))
        self._names()
        functions = {}
        for statement in self.statements:
            if isinstance(statement, ast.FunctionDef):
                functions.setdefault(statement.name, []).append(statement)
            elif isinstance(statement, ast.ClassDef):
                self._class(statement)
            elif isinstance(statement, ast.AnnAssign):
                self._constant(statement)
        for name, overloads in functions.items():
            for function in overloads:
                self._function(self.key(name), f"the_module.{name}", function, ())
        return program

    def _imports(self):
        """Import what the annotations of the stub speak of."""
        for statement in self.statements:
            if isinstance(statement, ast.Import):
                self.program.add(ast.unparse(statement))
            elif isinstance(statement, ast.ImportFrom):
                home = statement.module or ""
                if statement.level:
                    home = f"{self.package}.{home}" if home else self.package
                for alias in statement.names:
                    name = f"{alias.name} as {alias.asname}" if alias.asname else alias.name
                    origin = home[len(self.package) + 1 :] if home.startswith(self.package) else ""
                    ours = home.partition(".")[0] == self.package
                    use = ".".join(filter(None, (origin, alias.name))) if ours else None
                    self.program.add(f"from {home} import {name}", use)
                    if alias.asname == alias.name:
                        # What the stub exports must come from the module itself too.
                        text = f"from {self.module} import {alias.name} as again_{alias.name}"
                        self.program.add(text, self.key(alias.name))

    def _names(self):
        """Import every name the stub defines; copy its type variables."""
        seen = {"__all__", "__author__", "__version__", "__extra__all__"}
        for statement in self.statements:
            name = None
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                name = statement.name
            elif isinstance(statement, ast.AnnAssign):
                name = statement.target.id
            elif isinstance(statement, ast.Assign):
                name = statement.targets[0].id
                if isinstance(statement.value, ast.Call):
                    self.program.add(ast.unparse(statement))
                    continue
            if name and name not in seen:
                seen.add(name)
                self.program.add(f"from {self.module} import {name}", self.key(name))

    def _constant(self, statement):
        name = statement.target.id
        if name == "__extra__all__":
            return
        declared = ast.unparse(statement.annotation)
        if declared == "TypeAlias":
            return
        if declared == "Final":
            type_ = f"typing.Literal[{ast.unparse(statement.value)}]"
        else:
            type_ = _annotation(statement.annotation).removeprefix("Final")
            type_ = type_[1:-1] if type_.startswith("[") else type_
        self.program.function(self.key(name), (), type_, f"return the_module.{name}")

    def _function(self, use, callee, function, owner, skip=0):
        parameters = _parameters(function, skip)
        returns = _annotation(function.returns)
        for given, call in _calls(callee, parameters):
            signature = [*owner, *(f"{one.name}: {one.type}" for one in given)]
            self.program.function(use, signature, returns, f"return {call}")

    def _class(self, node):
        bases = [ast.unparse(base) for base in node.bases]
        name = node.name
        if "TypedDict" in bases:
            for statement in node.body:
                key, type_ = statement.target.id, ast.unparse(statement.annotation)
                self.program.function(
                    self.key(name, key), [f"it: {name}"], type_, f'return it["{key}"]'
                )
        elif "NamedTuple" in bases:
            self._named_tuple(node)
        elif "Protocol" in bases:
            self._methods(node, f"the_{name}")
        elif any(base.endswith("Enum") for base in bases):
            self._enum(node, bases)
        else:
            for base in bases:
                self.program.function(self.key(name), [f"it: {name}"], base, "return it")
            self._methods(node, name)
            self._subclass(node)

    def _named_tuple(self, node):
        name = node.name
        fields = [
            (statement.target.id, _annotation(statement.annotation))
            for statement in node.body
            if isinstance(statement, ast.AnnAssign)
        ]
        add = self.program.function
        it = [f"it: {name}"]
        for index, (field_, type_) in enumerate(fields):
            use = self.key(name, field_)
            add(use, it, type_, f"return it.{field_}")
            add(use, it, type_, f"return it[{index}]")
            add(use, [*it, f"value: {type_}"], name, f"return it._replace({field_}=value)")
            names = ", ".join("it_is" if at == index else "_" for at in range(len(fields)))
            add(use, it, type_, f"{names} = it", "return it_is")
            # The others as this very tuple has them, so that only this field is in question.
            given = ", ".join("value" if at == index else f"it[{at}]" for at in range(len(fields)))
            add(use, [*it, f"value: {type_}"], name, f"return {name}({given})")
            given = ", ".join(
                f"{other}=value" if at == index else f"{other}=it[{at}]"
                for at, (other, _) in enumerate(fields)
            )
            add(use, [*it, f"value: {type_}"], name, f"return {name}({given})")
        everything = "tuple[" + ", ".join("Any" for _ in fields) + "]"
        add(self.key(name), it, everything, "return it")
        add(self.key(name), it, "dict[str, Any]", "return it._asdict()")

    def _enum(self, node, bases):
        name = node.name
        self.program.function(self.key(name), [f"it: {name}"], bases[0], "return it")
        self.program.function(self.key(name), ["number: int"], name, f"return {name}(number)")
        for statement in in_force(node.body, self.platform, self.version):
            member = statement.targets[0].id
            returns = f"typing.Literal[{name}.{member}]"
            body = f"return the_module.{name}.{member}"
            self.program.function(self.key(name, member), (), returns, body)

    def _methods(self, node, type_):
        name = node.name
        owner = [f"it: {name}"]
        for statement in in_force(node.body, self.platform, self.version):
            if isinstance(statement, ast.AnnAssign):
                attribute, annotation = statement.target.id, _annotation(statement.annotation)
                use = self.key(name, attribute)
                self.program.function(use, owner, annotation, f"return it.{attribute}")
                given = [*owner, f"value: {annotation}"]
                self.program.function(use, given, "None", f"it.{attribute} = value")
            elif isinstance(statement, ast.FunctionDef):
                self._method(statement, name, type_, owner)

    def _method(self, function, name, type_, owner):
        use = self.key(name, function.name)
        decorators = _decorators(function)
        if "property" in decorators:
            returns = _annotation(function.returns)
            self.program.function(use, owner, returns, f"return it.{function.name}")
        elif "staticmethod" in decorators:
            self._function(use, f"{type_}.{function.name}", function, ())
        elif function.name == "__init__":
            function.returns = ast.Name(name)
            self._function(use, type_, function, (), skip=1)
            function.returns = ast.Constant(None)
        elif function.name == "__call__":
            self._function(use, "it", function, owner, skip=1)
        elif function.name == "__getattribute__":
            self.program.function(use, owner, "Any", "return it.whatever_it_is_called")
        else:
            if _annotation(function.returns) == "Self":
                function.returns = ast.Name(name)
            self._function(use, f"it.{function.name}", function, owner, skip=1)

    def _subclass(self, node):
        """Derive from a class, and override its methods exactly as they are declared."""
        name = node.name
        methods = {}
        for statement in in_force(node.body, self.platform, self.version):
            if isinstance(statement, ast.FunctionDef):
                methods.setdefault(statement.name, []).append(statement)
        for overridden, overloads in methods.items():
            if overridden.startswith("__"):
                continue
            use = self.key(name, overridden)
            self.program.functions += 1
            self.program.add(f"class Derived{self.program.functions}({name}):", use)
            for overload in overloads:
                self._override(overload, use)
            if len(overloads) > 1:
                self.program.add(
                    f"    def {overridden}(self, *args: Any, **kwargs: Any) -> Any:", use
                )
                self.program.add("        return None", use)

    def _override(self, function, use):
        decorators = _decorators(function) - {"deprecated"}
        for decorator in sorted(decorators):
            text = "typing.overload" if decorator == _OVERLOAD else decorator
            self.program.add(f"    @{text}", use)
        returns = _annotation(function.returns)
        arguments = ast.unparse(function.args).replace("=...", "=anything")
        self.program.add(f"    def {function.name}({arguments}) -> {returns}:", use)
        body = "..." if _OVERLOAD in decorators else "raise NotImplementedError"
        self.program.add(f"        {body}", use)


def programs(stubs, package, platform, version):
    """Yield (module, program) for each module whose stub lies in a directory."""
    for path in sorted(stubs.glob("*.pyi")):
        module = package if path.stem == "__init__" else f"{package}.{path.stem}"
        tree = ast.parse(path.read_text())
        writer = Writer(package, module, tree, platform, version)
        yield module, writer.write()
