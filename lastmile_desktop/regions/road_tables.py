"""Arrays in a region file: one row each, as the bytes that numpy needs, so that opening is copying.

``road_arrays`` of a region holds, for p points, s streets, v vertices, a arcs (see road_codes.py):
``point_x``/``point_y`` (p,); ``street_first``/``street_last`` (s,) into the points, both included;
``street_cm`` length; ``street_class``, ``street_flags``, ``street_forward_kmh``, ``street_backward_kmh``
(limits, 0 = unknown), ``street_cap_kmh`` (surface), ``street_name`` (into ``road_names``), ``street_zone``
(-1 = none); ``vertex_x``/``vertex_y`` (v,); ``arc_tail``, ``arc_head``, ``arc_street`` (or TURN, BRIDGE),
``arc_against``, ``arc_tail_ms``, ``arc_head_ms``, ``arc_bridge_m`` (a,); ``order`` (v,) contraction order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def write_arrays(database: sqlite3.Connection, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Create ``road_arrays`` and put one-dimensional arrays into it, little-endian."""
    database.execute(
        "CREATE TABLE road_arrays (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, data BLOB NOT NULL)"
    )
    for name, values in arrays.items():
        stored = values.astype(values.dtype.newbyteorder("<"), copy=False)
        database.execute(
            "INSERT INTO road_arrays VALUES (?, ?, ?)", (name, stored.dtype.str, stored.tobytes())
        )


def read_arrays(database: sqlite3.Connection) -> dict[str, NDArray[Any]]:
    """All arrays by name, read-only. Raises sqlite3.DatabaseError or ValueError for a damaged file."""
    import numpy as np

    rows = database.execute("SELECT name, dtype, data FROM road_arrays")
    return {name: np.frombuffer(data, dtype=np.dtype(dtype)) for name, dtype, data in rows}


def check_arrays(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Raise ValueError or KeyError for arrays that do not fit together.

    The libraries that read them end the whole program over a number that leads nowhere.
    """
    import numpy as np

    points, streets, vertices, arcs = (
        len(arrays[name]) for name in ("point_x", "street_first", "vertex_x", "arc_tail")
    )
    for prefix, length in (("point_", points), ("street_", streets), ("vertex_", vertices), ("arc_", arcs)):
        for name, values in arrays.items():
            if name.startswith(prefix) and len(values) != length:
                raise ValueError(f"{name} has {len(values)} entries, not {length}")
    first, last = arrays["street_first"], arrays["street_last"]
    if streets and (first.min() < 0 or last.max() >= points or (last <= first).any()):
        raise ValueError("streets without points")
    for name, least, most in (
        ("arc_tail", 0, vertices),
        ("arc_head", 0, vertices),
        ("arc_street", -2, streets),
    ):
        if arcs and (arrays[name].min() < least or arrays[name].max() >= most):
            raise ValueError(f"{name} leads nowhere")
    if arcs and min(arrays[name].min() for name in ("arc_tail_ms", "arc_head_ms", "arc_bridge_m")) < 0:
        raise ValueError("arcs that take less than no time")
    if not np.array_equal(np.sort(arrays["order"]), np.arange(vertices)):
        raise ValueError("the order is not one of the vertices")
