"""One file per noun; each callback asks, computes, draws."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from dash import _callback


def register_callbacks() -> None:
    """Import every callback module, to be called once per app before the gate is installed.

    Dash hands what `@callback` collected to the first app that serves; a second app in the same process (tests) needs
    the modules run again, and what an import by a test left behind must not be registered twice.
    """
    _callback.GLOBAL_CALLBACK_LIST.clear()
    _callback.GLOBAL_CALLBACK_MAP.clear()
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        module = sys.modules.get(found.name)
        if module is None:
            importlib.import_module(found.name)
        else:
            importlib.reload(module)
