"""Records what PyYAML (and json) make of the files next to this one: FILE → FILE.expected, Python's repr.

Run with a Python that has PyYAML 6; dates are recorded as their str(), see Scalars.timestamp.
"""

import datetime
import json
import pathlib

import yaml


def plain(value):
    if isinstance(value, (datetime.date, datetime.datetime)):
        return str(value)
    if isinstance(value, dict):
        return {plain(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(plain(v) for v in value)
    if isinstance(value, set):
        # In the order in which Sluice keeps a set.
        return Sorted(sorted(map(repr, value)))
    return value


class Sorted:
    def __init__(self, items):
        self.items = items

    def __repr__(self):
        return "{%s}" % ", ".join(self.items)


def read(text):
    try:
        return json.loads(text)
    except ValueError:
        pass
    value = yaml.load(text, Loader=yaml.FullLoader)
    if isinstance(value, dict):
        value.pop("__use_yte__", None)
    return value


here = pathlib.Path(__file__).parent
for path in sorted([*here.glob("*.yaml"), *here.glob("*.json")]):
    expected = repr(plain(read(path.read_text(encoding="utf-8"))))
    path.with_name(path.name + ".expected").write_text(expected + "\n", encoding="utf-8")
for path in sorted((here / "errors").glob("*.yaml")):
    try:
        value = read(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        said = "%d:%d" % (mark.line + 1, mark.column + 1)
    except ValueError:
        said = "no place"
    else:
        raise SystemExit("%s is no error: %r" % (path, value))
    path.with_name(path.name + ".expected").write_text(said + "\n", encoding="utf-8")
