"""Decisions: from a day to a plan, its timetable, its check and its reasons. Free of windows.

The entry points are ``problem.build_problem``, ``solve.solve``, ``schedule.evaluate`` and ``check.check``;
import them from their modules. This package itself imports nothing (functions of the same name as their
module cannot be re-exported here without one hiding the other), and ``ortools`` is only ever imported in
the solver's child process.
"""
