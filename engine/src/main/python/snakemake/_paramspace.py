"""A data frame as a space of parameters, with file patterns for its rows."""

import re

from snakemake.exceptions import WorkflowError


class Paramspace:
    """Each row becomes a path of `column~value` entries: folders first, then the file's name."""

    def __init__(
        self,
        dataframe,
        filename_params=None,
        param_sep="~",
        filename_sep="_",
        single_wildcard=None,
    ):
        folders, in_name = _layout(list(dataframe.columns), filename_params)
        self.param_sep = param_sep
        self.filename_sep = filename_sep
        self.single_wildcard = single_wildcard
        self.ordered_columns = folders + in_name
        levels = ["{}" for _ in folders]
        if in_name:
            levels.append(filename_sep.join("{}" for _ in in_name))
        self.pattern = "/".join(levels)
        self.dataframe = dataframe[self.ordered_columns]

    def _path(self, values):
        """The path for one value a column, in the columns' order."""
        pairs = zip(self.ordered_columns, values)
        return self.pattern.format(*[self.param_sep.join((c, str(v))) for c, v in pairs])

    @property
    def _all_wildcards(self):
        return self._path("{%s}" % column for column in self.ordered_columns)

    @property
    def wildcard_pattern(self):
        name = self.single_wildcard
        return "{%s}" % name if name else self._all_wildcards

    @property
    def instance_patterns(self):
        from pandas import isna

        rows = self.dataframe.itertuples(index=False, name=None)
        return (self._path("NA" if isna(value) else value for value in row) for row in rows)

    def instance(self, wildcards):
        """The parameters that a job's wildcards stand for, with the types of their columns."""
        if self.single_wildcard:
            texts = self._taken_apart(wildcards)
        else:
            texts = {c: v for c, v in wildcards.items() if c in self.ordered_columns}
        types = self.dataframe.dtypes
        return {column: _typed(text, types[column]) for column, text in texts.items()}

    def _taken_apart(self, wildcards):
        from snakemake.io import regex_from_filepattern

        name = self.single_wildcard
        text = wildcards.get(name)
        if text is None:
            raise WorkflowError(
                "the rule has no wildcard `%s`, by which its paramspace goes" % name,
                hint="use `wildcard_pattern` of the paramspace in an output of the rule",
            )
        found = re.match(regex_from_filepattern(self._all_wildcards), text)
        if found is None:
            raise WorkflowError(
                "`%s` (wildcard `%s`) is no row of the paramspace: rows look like `%s`"
                % (text, name, self._all_wildcards)
            )
        return found.groupdict()

    def __getattr__(self, name):
        if name == "dataframe":  # asked for before __init__ is through, as when unpickling
            raise AttributeError(name)
        return _as_space(getattr(self.dataframe, name))

    def __getitem__(self, key):
        return _as_space(self.dataframe[key])


def _layout(columns, filename_params):
    """The columns that become folders, and those that make up the file's name."""
    everything = isinstance(filename_params, str) and filename_params == "*"
    if everything:
        return [], columns
    in_name = [] if filename_params is None else list(filename_params)
    unknown = [name for name in in_name if name not in columns]
    if unknown:
        raise KeyError("no column `%s` in the table (filename_params)" % unknown[0])
    if len(in_name) > len(set(in_name)):
        raise ValueError("a column stands in filename_params twice")
    return [name for name in columns if name not in in_name], in_name


def _typed(text, dtype):
    import pandas

    if text == "NA":
        return pandas.NA
    if dtype == bool:
        return text != "False"
    return pandas.Series([text]).astype(dtype)[0]


def _as_space(value):
    from pandas import DataFrame

    return Paramspace(value) if isinstance(value, DataFrame) else value
