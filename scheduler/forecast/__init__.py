"""The rolling basis, forecast: when each session will really start, how likely that is, and plans that allow for it.

``scheduler.forecast`` names this folder and the function of the library as well, whichever was imported first. So the
folder can be called: it passes the call on to ``scheduler.api.forecast``.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return import_module("scheduler.api").forecast(*arguments, **named)


sys.modules[__name__].__class__ = _Callable
