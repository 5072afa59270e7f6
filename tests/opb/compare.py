#!/usr/bin/env python3
"""Another solver's opinion: the optimum of every reference case, as OR-Tools' CP-SAT sees it.

Cairn writes each case as OPB (`cairn audit --opb`) together with its certificate; CP-SAT solves the
OPB file, and the two optima must be equal. Usage: compare.py CAIRN PATHWAYS
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

from ortools.sat.python import cp_model


def solve(text):
    """The optimum of an OPB text, or None where nothing satisfies it."""
    model = cp_model.CpModel()
    variables = {}

    def terms(part):
        for factor, name in re.findall(r"([+-]\d+) (x\d+)", part):
            if name not in variables:
                variables[name] = model.new_bool_var(name)
            yield int(factor) * variables[name]

    for line in text.splitlines():
        if line.startswith("*"):
            continue
        if line.startswith("min:"):
            model.minimize(sum(terms(line)))
            continue
        left, right = line.rstrip(";").split(">=")
        model.add(sum(terms(left)) >= int(right))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return round(solver.objective_value)


def claimed(opb, certificate):
    """The value that Cairn claims for the objective of the OPB file."""
    if "solution none" in certificate:
        return None
    uppers = [int(line.split()[1]) for line in certificate.splitlines() if line.startswith("var ")]
    line = next(line for line in certificate.splitlines() if line.startswith("solution "))
    bits = {}
    name = 0
    for upper, value in zip(uppers, map(int, line.split()[1:])):
        for bit in range(upper.bit_length()):
            name += 1
            bits[f"x{name}"] = value >> bit & 1
    objective = next((line for line in opb.splitlines() if line.startswith("min:")), "")
    return sum(int(factor) * bits[name] for factor, name in re.findall(r"([+-]\d+) (x\d+)", objective))


def main(cairn, pathways):
    passed = failed = 0
    for expected in sorted(pathlib.Path(pathways).rglob("expected.csv")):
        folder = expected.parent
        with tempfile.TemporaryDirectory() as scratch:
            scratch = pathlib.Path(scratch)
            db = scratch / "cairn.db"
            run = lambda *words: subprocess.run([cairn, *map(str, words), "--db", db, "--rules", folder],
                                                check=True, capture_output=True)
            run("learner", "import", folder / "learners.json")
            for case in csv.DictReader((folder / "expected.csv").open()):
                opb, certificate = scratch / "case.opb", scratch / "case.txt"
                named = case["qualification"].split()
                run("audit", case["learner"], *named, *["--jointly"][len(named) == 1:], "--on", case["as_of"],
                    "--by", case["measure"], "--opb", opb, "--certificate", certificate)
                theirs, ours = solve(opb.read_text()), claimed(opb.read_text(), certificate.read_text())
                if theirs == ours:
                    passed += 1
                else:
                    failed += 1
                    print(f"{case['learner']}: CP-SAT says {theirs}, Cairn says {ours}")
    print(f"{passed} passed, {failed} failed")
    return failed or not passed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
