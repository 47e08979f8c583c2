"""OR-tools' ``cp_model``, without the tables that it imports and that we never ask it for.

``cp_model`` imports pandas for its annotations and its ``*_series`` methods, which is half of what importing it costs.
So this one module is executed with an ``import`` of its own, to which ``pandas`` is a stand-in: two empty classes for
the annotations, and afterwards a name that becomes the real pandas once a method asks for it. Nothing is put into
``sys.modules`` that is not what its name says: code that imports pandas, in any thread, before, meanwhile or later,
gets pandas. (numpy is needed: the builder, in C++, asks for its interface as soon as there is a model.)

The notes on the solver advise against this as a default. It is the default because a whole solve shall take no more
than one and a half times what importing the solver and writing an empty workbook takes. What guards it: it is done for
the one release of OR-tools that we pin, and only while pandas is not loaded anyway; whatever goes wrong on the way ends
in the plain import; and ``SCHEDULE_PLAIN_IMPORT=1`` asks for that from the start.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any

MODULE = "ortools.sat.python.cp_model"
KNOWN_RELEASE = "9.15.6755"
"""Of OR-tools; in this one nothing but series is made of pandas."""
PLAIN_IMPORT = "SCHEDULE_PLAIN_IMPORT"
"""Name of the environment variable that asks for the plain import, if it is set to anything."""


class _Later(ModuleType):
    """Becomes a module when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


class WithoutPandas(SourceFileLoader):
    """Executes a module that needs of pandas, while it is imported, no more than the names of its classes."""

    def exec_module(self, module: ModuleType) -> None:
        """Execute it so; if anything is not as expected, once more and as it stands."""
        untouched = dict(vars(module))
        try:
            self._execute(module)
        except Exception:  # noqa: BLE001  if there is more to it than our stand-in, the plain import will say so
            vars(module).clear()
            vars(module).update(untouched)
            super().exec_module(module)

    def _execute(self, module: ModuleType) -> None:
        names = ModuleType("pandas")
        vars(names).update({name: type(name, (), {"__module__": "pandas"}) for name in ("Index", "Series")})

        def importer(
            name: str,
            globals: Mapping[str, object] | None = None,  # noqa: A002  the built-in's names
            locals: Mapping[str, object] | None = None,  # noqa: A002
            fromlist: Sequence[str] = (),
            level: int = 0,
        ) -> ModuleType:
            return names if name == "pandas" else builtins.__import__(name, globals, locals, fromlist, level)

        own = vars(builtins) | {"__import__": importer}
        vars(module)["__builtins__"] = own
        super().exec_module(module)
        if vars(module).get("pd") is not names:
            raise ImportError("pandas goes by another name there")
        vars(module)["pd"] = _Later("pandas")
        own["__import__"] = builtins.__import__


class _Finder:
    """Finds the one module, and has it executed so."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As any finder; None for all other modules."""
        found = PathFinder.find_spec(name, path, target) if name == MODULE else None
        if found is None or type(found.loader) is not SourceFileLoader:
            return None
        found.loader = WithoutPandas(name, found.loader.path)
        return found


def load() -> ModuleType:
    """Import ``cp_model``, the short way where that is known to be safe."""
    release = vars(import_module("ortools")).get("__version__")
    if release == KNOWN_RELEASE and not {MODULE, "pandas"} & sys.modules.keys() and not os.environ.get(PLAIN_IMPORT):
        # It stays: were it taken out, a thread that is just going through the list could miss another finder.
        sys.meta_path.insert(0, _Finder)
    return import_module(MODULE)


if TYPE_CHECKING:
    from ortools.sat.python import cp_model as cp_model
else:
    cp_model = load()
