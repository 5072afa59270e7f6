#!/usr/bin/env python3
"""Cuts the power of a recorded disk at random moments, and looks at what is left.

`strace` records every write, sync, truncation and removal of a process that writes to a store and
acknowledges each change. Afterwards the disk is built again as it could have been at a moment of
the recording: what was synced is there; of every sector of 512 bytes that was written since, the
old or the new content is there, or half of each. Files appear, vanish and change their length in
order, up to some moment after the last sync of any file, as on a journaling file system. The store
must open what is left, find it sound and hold everything that was acknowledged before the moment.

Two controls show that the cuts bite: with the syncs of the log forgotten (as with
`synchronous=NORMAL`) acknowledged changes must be lost, and with all syncs forgotten (`OFF`) too.

Usage: power_cuts.py TEST-PROGRAM STORE CUTS
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

SECTOR = 512
BATCH = 40
OPERATIONS = 220
CALLS = "openat,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink"


def record(program, store, log):
    """Runs the writer under strace."""
    child = [program, "--exact", "crash::child_writes_until_it_is_killed", "--nocapture", "--test-threads=1"]
    environment = dict(os.environ, CAIRN_CHILD=store, CAIRN_ROUND="0", CAIRN_OPERATIONS=str(OPERATIONS))
    strace = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", log]
    subprocess.run(strace + child, env=environment, check=True, stdout=subprocess.DEVNULL)


def text(quoted):
    return bytes.fromhex(quoted.replace("\\x", ""))


def calls(log):
    """Complete lines: a call that another thread interrupts is put together again."""
    begun = {}
    with open(log) as lines:
        for line in lines:
            thread, rest = line.rstrip("\n").split(None, 1)
            if rest.endswith("<unfinished ...>"):
                begun[thread] = rest[: -len("<unfinished ...>")]
                continue
            resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", rest)
            if resumed:
                rest = begun.pop(thread) + resumed.group(1)
            yield rest


def events(log, store):
    """What happened to the files of the store, in order, and what was acknowledged."""
    files = {store: "db", store + "-wal": "wal"}
    descriptors = {}
    for call in calls(log):
        name, _, rest = call.partition("(")
        answer = rest.rsplit("= ", 1)[-1]
        if answer.startswith(("-", "?")):
            continue
        if name == "openat":
            path = text(rest.split('"')[1]).decode()
            descriptors[answer] = files.get(path)
            if path in files and "O_CREAT" in rest:
                yield ("create", files[path])
        elif name == "close":
            descriptors.pop(rest.split(")")[0], None)
        elif name == "unlink":
            path = text(rest.split('"')[1]).decode()
            if path in files:
                yield ("unlink", files[path])
        elif name == "write" and rest.startswith("1,"):
            for line in text(rest.split('"')[1]).decode().splitlines():
                if line == "ready":
                    yield ("ready",)
                elif line.startswith("ack"):
                    yield ("ack", line.split()[1:])
        else:
            file = descriptors.get(re.split(r"[,)]", rest)[0])
            if file is None:
                continue
            if name == "pwrite64":
                data = text(rest.split('"')[1])
                yield ("write", file, int(rest.split(")")[0].rsplit(", ", 1)[1]), data)
            elif name == "ftruncate":
                yield ("truncate", file, int(rest.split(")")[0].split(", ")[1]))
            elif name in ("fsync", "fdatasync"):
                yield ("sync", file)


def forget(history, mode):
    """The history with the syncs that a weaker mode would leave out taken out."""
    if mode == "FULL":
        return history
    kept = []
    for at, event in enumerate(history):
        if event[0] == "sync":
            if mode == "OFF":
                continue
            after = (other[1] for other in history[at + 1 :] if other[0] == "write")
            # NORMAL syncs the log only before it is moved into the file.
            if event[1] == "wal" and next(after, None) != "db":
                continue
        kept.append(event)
    return kept


class Disk:
    """Files as they are durably, and what was done to them since."""

    def __init__(self, content):
        self.durable = {"db": bytearray(content)}
        self.pending = []

    def do(self, event):
        if event[0] == "sync":
            # The journal: whatever happened to names and lengths before is durable too.
            left = []
            for other in self.pending:
                if other[0] != "write" or other[1] == event[1]:
                    apply(self.durable, other)
                else:
                    left.append(other)
            self.pending = left
        else:
            self.pending.append(event)

    def cut(self, dice):
        """The disk as it could be found."""
        files = {name: bytearray(content) for name, content in self.durable.items()}
        changes = [event for event in self.pending if event[0] != "write"]
        changes = changes[: dice.randint(0, len(changes))]
        chance = dice.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        for event in self.pending:
            if event[0] != "write":
                if event in changes:
                    apply(files, event)
                continue
            _, name, offset, data = event
            for start in range(0, len(data), SECTOR):
                part = data[start : start + SECTOR]
                lot = dice.random()
                if lot < chance:
                    if dice.random() < 0.02:
                        part = part[: len(part) // 2]
                    apply(files, ("write", name, offset + start, part))
        return files


def apply(files, event):
    kind, name = event[0], event[1]
    if kind == "create":
        files.setdefault(name, bytearray())
    elif kind == "unlink":
        files.pop(name, None)
    elif kind == "truncate" and name in files:
        content = files[name]
        del content[event[2] :]
        content.extend(bytes(event[2] - len(content)))
    elif kind == "write" and name in files:
        content, offset, data = files[name], event[2], event[3]
        content.extend(bytes(max(0, offset + len(data) - len(content))))
        content[offset : offset + len(data)] = data


def look(program, folder):
    """What the store says of each of the disks in a folder."""
    child = [program, "--exact", "crash::child_looks_at_what_is_left", "--nocapture", "--test-threads=1"]
    environment = dict(os.environ, CAIRN_CHILD=str(folder))
    environment.pop("CAIRN_ROUND", None)
    run = subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found = {}
    for line in run.stdout.splitlines():
        if line.startswith("left "):
            _, name, verdict, *rest = line.split(" ")
            found[int(name)] = (verdict, rest)
    return found


def judge(found, acknowledged):
    """Lost, doubled or halved facts, or the reason why the store is not sound."""
    verdict, rest = found
    if verdict != "sound":
        return {"unsound"}
    held = dict(word.rsplit("=", 1) for word in rest if word)
    faults = set()
    if any(name not in held for name in acknowledged):
        faults.add("lost")
    if any(count != "1" for count in held.values()):
        faults.add("doubled")
    imports = {}
    for name in held:
        if name.startswith("import."):
            whole = name.rsplit(".", 1)[0]
            imports[whole] = imports.get(whole, 0) + 1
    if any(parts != 6 for parts in imports.values()):
        faults.add("halved")
    return faults


def cuts(program, before, history, count, seed):
    """How many of so many cuts have which fault."""
    dice = random.Random(seed)
    ready = history.index(("ready",))
    moments = sorted(dice.randint(ready + 1, len(history)) for _ in range(count))
    disk, acknowledged, done = Disk(before), [], 0
    totals, acks, waiting = {}, 0, []
    with tempfile.TemporaryDirectory() as folder:

        def judge_all():
            found = look(program, folder)
            for number, known in waiting:
                for fault in judge(found[number], known):
                    totals[fault] = totals.get(fault, 0) + 1
                shutil.rmtree(pathlib.Path(folder) / str(number))
            waiting.clear()

        for number, moment in enumerate(moments):
            for event in history[done:moment]:
                if event[0] == "ack":
                    acknowledged.extend(event[1])
                elif event[0] != "ready":
                    disk.do(event)
            done = moment
            place = pathlib.Path(folder) / str(number)
            place.mkdir()
            for name, content in disk.cut(dice).items():
                suffix = "" if name == "db" else "-wal"
                (place / f"learners.sqlite{suffix}").write_bytes(content)
            waiting.append((number, list(acknowledged)))
            acks += len(acknowledged)
            if len(waiting) == BATCH:
                judge_all()
        if waiting:
            judge_all()
    return totals


def main():
    program, store, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    before = pathlib.Path(store).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        log = str(pathlib.Path(folder) / "calls")
        record(program, store, log)
        history = list(events(log, store))
    syncs = sum(event[0] == "sync" for event in history)
    writes = sum(event[0] == "write" for event in history)
    acks = sum(len(event[1]) for event in history if event[0] == "ack")
    print(f"figures: recorded {writes} writes, {syncs} syncs, {acks} facts acknowledged")
    failed = False
    for mode in ("FULL", "NORMAL", "OFF"):
        number = count if mode == "FULL" else max(40, count // 4)
        totals = cuts(program, before, forget(history, mode), number, 7)
        words = ", ".join(f"{totals.get(fault, 0)} {fault}" for fault in ("lost", "doubled", "halved", "unsound"))
        print(f"figures: {mode}: {number} power cuts, {words}")
        failed |= bool(totals) if mode == "FULL" else not totals.get("lost")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
