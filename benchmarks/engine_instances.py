"""Reading, posing and reviewing academic instances: one place to import all of it from."""

from __future__ import annotations

from benchmarks.instance_problem import to_problem
from benchmarks.instance_review import Review, plan_cost, plan_faults
from benchmarks.instances import DEFAULT_ROUNDING, ROUNDINGS, Instance, InstanceError
from benchmarks.read_tables import read_instance

__all__ = [
    "DEFAULT_ROUNDING",
    "ROUNDINGS",
    "Instance",
    "InstanceError",
    "Review",
    "plan_cost",
    "plan_faults",
    "read_instance",
    "to_problem",
]
