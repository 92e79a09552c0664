"""How the benchmarks drive the product's engine: the parameters that this version of it knows."""

from __future__ import annotations

from dataclasses import fields
from importlib.metadata import version
from typing import Any

from lastmile_desktop.engine.solve import SolveParams
from lastmile_desktop.model import RouteOrders


def solve_params(
    *, seconds: float, seed: int = 1, workers: int = 1, engine: str = "auto", **more: Any
) -> SolveParams:
    """Parameters of a search. Raises ValueError for an engine that this version cannot be told to use."""
    wanted: dict[str, Any] = {"seconds": seconds, "seed": seed, "workers": workers, **more}
    known = {field.name for field in fields(SolveParams)}
    if "engine" in known:
        wanted["engine"] = engine
    elif engine != "auto":
        raise ValueError(f"this version has no engine {engine!r} to choose")
    return SolveParams(**wanted)


def route_stops(route: RouteOrders, depot_number: int) -> list[int]:
    """Customer numbers of a route, with the depot's number where it loads again."""
    reloads = getattr(route, "reload_before", ())
    stops: list[int] = []
    for key in route.order_keys:
        if key in reloads:
            stops.append(depot_number)
        stops.append(int(key))
    return stops


def engine_name(engine: str) -> str:
    """What searched, for the result line."""
    ortools = f"OR-Tools {version('ortools')}"
    if engine == "ortools":
        return ortools
    from lastmile_desktop.engine.kernel.kernel import load_kernel

    kernel, _ = load_kernel()
    own = "compiled ruin and recreate" if kernel is not None else "ruin and recreate in Python"
    return f"insertion + {own} + {ortools}"
