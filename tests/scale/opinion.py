#!/usr/bin/env python3
"""An independent opinion of what remains: CP-SAT on a model made from the collections themselves.

It reads `learners.json` beside it and prints `expected.csv`. Nothing of Cairn's text or model is
used: a course is a whole number of credits, each part of a rule has the courses that it takes, and
a course counts once.
Usage: opinion.py > expected.csv (in `tests/scale`, with `ortools`)
"""

import json
import pathlib

from ortools.sat.python import cp_model

HERE = pathlib.Path(__file__).parent


class Programme:
    """What one learner lacks of one programme."""

    def __init__(self, collection, programme, held):
        self.model = cp_model.CpModel()
        self.courses = {course["id"]: course for course in collection["credentials"]}
        self.subjects = {course["subject"] for course in self.courses.values()}
        self.held = held
        self.taken, self.seen = {}, {}
        self.model.add(self.met(programme["rule"]) == 1)
        for layer in self.seen.values():
            for course, looks in layer.items():
                self.model.add(sum(looks) <= sum(self.taken.get(course, [])))
        for group in programme.get("exclusive", []):
            self.model.add(sum(take for course in group for take in self.taken.get(course, [])) <= 1)
        self.new = {}
        for course, takes in self.taken.items():
            if course in held:
                self.model.add(sum(takes) <= 1)
            else:
                self.new[course] = self.model.new_bool_var("")
                self.model.add(sum(takes) <= self.new[course])

    def accepted(self, choice):
        """The courses of a filter."""
        [(kind, value)] = choice.items()
        if kind == "ids":
            return set(value)
        if kind == "not":
            return set(self.courses) - self.accepted(value)
        if kind == "or":
            return set().union(*map(self.accepted, value))
        assert kind == "subject", kind
        found = set()
        for subject in value:
            known = subject in self.subjects
            found |= {name for name, course in self.courses.items()
                      if (course["subject"] == subject if known else name.startswith(subject))}
        return found

    def met(self, node):
        """A variable that may be one only if the part of the rule is met."""
        is_met = self.model.new_bool_var("")
        children = node.get("all") or node.get("any") or node.get("of")
        if "unit" in node:
            self.model.add(is_met <= self.use(self.taken, node["unit"]))
        elif children:
            needed = len(children) if "all" in node else 1 if "any" in node else node["at_least"]
            self.model.add(sum(map(self.met, children)) >= needed * is_met)
        else:
            self.take(node, is_met)
        return is_met

    def use(self, uses, course):
        variable = self.model.new_bool_var("")
        uses.setdefault(course, []).append(variable)
        return variable

    def take(self, node, is_met):
        uses = self.seen.setdefault(node["layer"], {}) if "layer" in node else self.taken
        mine = {course: self.use(uses, course) for course in sorted(self.accepted(node["from"]))}
        [(measure, amount)] = node["take"].items()
        worth = {course: self.courses[course]["credits"] for course in mine}
        each = worth if measure == "credits" else dict.fromkeys(mine, 1)
        self.model.add(sum(each[course] * use for course, use in mine.items()) >= amount * is_met)
        for limit in node.get("limits", []):
            high = [course for course in mine if self.courses[course]["level"] >= limit["where"]["level_min"]]
            self.model.add(sum(worth[course] * mine[course] for course in high) >= limit["min_credits"] * is_met)

    def remaining(self):
        """The least credits still to be earned, and of those the least number of courses."""
        weight = len(self.new) + 1
        cost = [(self.courses[course]["credits"] * weight + 1, new) for course, new in self.new.items()]
        self.model.minimize(sum(factor * new for factor, new in cost))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return "unreachable,"
        assert status == cp_model.OPTIMAL, solver.status_name(status)
        bought = [course for course, new in self.new.items() if solver.value(new)]
        return f"{sum(self.courses[course]['credits'] for course in bought)},{len(bought)}"


def main():
    collections = {}
    print("collection,programme,seed,credits,courses")
    for learner in json.loads((HERE / "learners.json").read_text()):
        name = learner["collection"]
        if name not in collections:
            collections[name] = json.loads((HERE / f"{name}.json").read_text())
        [programme] = [one for one in collections[name]["qualifications"] if one["id"] == learner["programme"]]
        answer = Programme(collections[name], programme, set(learner["holds"])).remaining()
        print(f"{name},{learner['programme']},{learner['seed']},{answer}")


main()
