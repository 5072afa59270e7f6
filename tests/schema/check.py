"""Asks a validator of somebody else's what it makes of the schema of the rule format.

`check.py SCHEMA PATHWAYS WRONG`: every rule file below PATHWAYS is accepted, and every file of WRONG
is refused, for the key that its first line names.
"""

import datetime
import json
import pathlib
import sys
import tomllib

import jsonschema


def plain(value):
    """TOML as JSON: days are texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def leaves(error):
    """The errors that an error is made of, where several shapes were tried."""
    inner = [leaf for one in error.context for leaf in leaves(one)]
    return [error, *inner]


def main(schema, pathways, wrong):
    schema = json.loads(pathlib.Path(schema).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = []
    files = sorted(pathlib.Path(pathways).rglob("*.toml"))
    for path in files:
        for error in validator.iter_errors(plain(tomllib.loads(path.read_text()))):
            faults.append(f"{path}: {error.json_path}: {error.message}")
    refused = sorted(pathlib.Path(wrong).glob("*.toml"))
    for path in refused:
        text = path.read_text()
        named = text.splitlines()[0].removeprefix("# ")
        errors = [leaf for error in validator.iter_errors(plain(tomllib.loads(text))) for leaf in leaves(error)]
        if not any(named in f"{error.json_path} {error.message}" for error in errors):
            faults.append(f"{path}: not refused for `{named}`")
    if len(files) < 100 or len(refused) < 12:
        faults.append(f"only {len(files)} rule files and {len(refused)} wrong files were found")
    print("\n".join(faults) or f"{len(files)} rule files accepted, {len(refused)} wrong files refused")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
