#!/usr/bin/env python3
"""Solves integer problems, one JSON object a line, with OR-Tools' CP-SAT on one thread.

In: {"uppers": [..], "rows": [[[[variable, factor], ..], least], ..], "joint": [..], "objectives": [..]}
Out: nanoseconds with building the model, a tab, and the values of the objectives.
Usage: cpsat.py SECONDS, the most that is spent on one of them
"""

import json
import os
import sys
import time

from ortools.sat.python import cp_model


def solve(asked):
    model = cp_model.CpModel()
    variables = [model.new_int_var(0, upper, "") for upper in asked["uppers"]]

    def total(terms):
        return cp_model.LinearExpr.weighted_sum([variables[at] for at, _ in terms], [factor for _, factor in terms])

    for terms, least in asked["rows"]:
        model.add(total(terms) >= least)
    model.minimize(total(asked["joint"]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    # Who asked may be gone; then nobody else would end this.
    solver.parameters.max_time_in_seconds = float(sys.argv[1])
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return "unreachable"
    if status != cp_model.OPTIMAL:
        return f"nothing: {solver.status_name(status)}"
    values = [solver.value(variable) for variable in variables]
    costs = (sum(factor * values[at] for at, factor in terms) for terms in asked["objectives"])
    return " ".join(map(str, costs))


def main():
    # Importing takes longer than many a problem, and must not count as solving; nor must reading.
    print("ready", flush=True)
    for line in sys.stdin:
        if not line.endswith("\n"):
            # Who asked was ended in the middle of it.
            break
        asked = json.loads(line)
        print("read", flush=True)
        started = time.perf_counter_ns()
        answer = solve(asked)
        print(time.perf_counter_ns() - started, answer, sep="\t", flush=True)


try:
    main()
except BrokenPipeError:
    # Nobody listens any more; not even a last flush at the end would be heard.
    os._exit(0)
