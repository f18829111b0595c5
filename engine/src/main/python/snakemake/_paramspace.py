"""A data frame as a space of parameters, with file patterns for its rows."""

import re

from snakemake.exceptions import WorkflowError


class Paramspace:
    def __init__(
        self,
        dataframe,
        filename_params=None,
        param_sep="~",
        filename_sep="_",
        single_wildcard=None,
    ):
        columns = list(dataframe.columns)
        in_name = columns if isinstance(filename_params, str) and filename_params == "*" else None
        if in_name is None:
            in_name = [] if filename_params is None else list(filename_params)
        if any(p not in columns for p in in_name):
            raise KeyError(
                "One or more entries of filename_params are not valid column names for the param"
                " file."
            )
        if len(set(in_name)) != len(in_name):
            raise ValueError("filename_params must be unique")
        self.param_sep = param_sep
        self.filename_sep = filename_sep
        self.single_wildcard = single_wildcard
        folders = [c for c in columns if c not in in_name]
        self.ordered_columns = folders + in_name
        parts = ["{}"] * len(folders)
        if in_name:
            parts.append(filename_sep.join(["{}"] * len(in_name)))
        self.pattern = "/".join(parts)
        self.dataframe = dataframe[self.ordered_columns]

    def _filled(self, values):
        return self.pattern.format(
            *("%s%s%s" % (name, self.param_sep, value) for name, value in values)
        )

    @property
    def wildcard_pattern(self):
        if self.single_wildcard:
            return "{%s}" % self.single_wildcard
        return self._filled((c, "{%s}" % c) for c in self.ordered_columns)

    @property
    def instance_patterns(self):
        import pandas as pd

        return (
            self._filled(
                (name, "NA" if pd.isna(value) else value) for name, value in row._asdict().items()
            )
            for row in self.dataframe.itertuples(index=False)
        )

    def _typed(self, name, value):
        import pandas as pd

        if self.dataframe.dtypes[name] == bool and value == "False":
            return False
        if value == "NA":
            return pd.NA
        return pd.Series([value]).astype(self.dataframe.dtypes[name])[0]

    def instance(self, wildcards):
        """The row with the given wildcard values, as a dict of typed values."""
        if not self.single_wildcard:
            return {
                name: self._typed(name, value)
                for name, value in wildcards.items()
                if name in self.ordered_columns
            }
        from snakemake.io import regex_from_filepattern

        value = wildcards.get(self.single_wildcard)
        if value is None:
            raise WorkflowError(
                "Error processing paramspace: wildcard %s is not used in rule."
                % self.single_wildcard
            )
        pattern = self._filled((c, "{%s}" % c) for c in self.dataframe.columns)
        m = re.match(regex_from_filepattern(pattern), value)
        if not m:
            raise WorkflowError(
                "Error processing paramspace: wildcard %s=%s does not match pattern %s."
                % (self.single_wildcard, value, pattern)
            )
        return {name: self._typed(name, v) for name, v in m.groupdict().items()}

    def _wrapped(self, value):
        import pandas as pd

        return Paramspace(value) if isinstance(value, pd.DataFrame) else value

    def __getattr__(self, name):
        if name == "dataframe":
            raise AttributeError(name)
        return self._wrapped(getattr(self.dataframe, name))

    def __getitem__(self, key):
        return self._wrapped(self.dataframe[key])
