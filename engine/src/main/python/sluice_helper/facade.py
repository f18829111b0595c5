"""The object that Snakefiles know as `workflow`."""

import os
import sys

from snakemake.exceptions import WorkflowError
from snakemake.io import sourcecache_entry


class Folder(str):
    """A folder of sources: a path, with the few methods that Snakefiles call."""

    def join(self, other):
        if isinstance(other, str) or hasattr(other, "__fspath__"):
            # As written: `..` stays, for the path is shown and compared as Snakemake has it.
            return Folder(os.path.join(self, os.fspath(other)))
        return str.join(self, other)

    def get_path_or_uri(self, secret_free=True):
        return str(self)

    def get_basedir(self):
        return Folder(os.path.dirname(self))

    def get_filename(self):
        return os.path.basename(self)

    def __fspath__(self):
        return str(self)


class _Settings:
    """A group of settings that Snakefiles read; unknown ones are None."""

    def __init__(self, **values):
        self.__dict__.update(values)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class _SourceCache:
    def get_path(self, source_file, mode="r"):
        return os.fspath(source_file)

    def exists(self, source_file):
        return os.path.exists(source_file)

    def open(self, source_file, mode="r"):
        return open(source_file, mode)


class UserWorkflow:
    """What section 14.2 of our reference lists; all else is said to be Snakemake's internal."""

    def __init__(self, workflow):
        self._sluice = workflow
        settings = workflow.settings
        self.cores = settings.get("cores")
        self.nodes = settings.get("nodes") or settings.get("jobs")
        self.attempt = settings.get("attempt") or 1
        self.global_resources = {
            "_cores": self.cores,
            "_nodes": self.nodes,
            **(settings.get("resources") or {}),
        }
        self.use_conda = "conda" in (settings.get("sdm") or ())
        self.use_singularity = "apptainer" in (settings.get("sdm") or ())
        self.conda_prefix = settings.get("conda_prefix")
        self.wrapper_prefix = settings.get("wrapper_prefix")
        self.is_main_process = not settings.get("run_server")
        self.sourcecache = _SourceCache()
        self.resource_settings = _Settings(
            cores=self.cores,
            nodes=self.nodes,
            max_threads=settings.get("max_threads"),
            overwrite_resources=settings.get("set_resources") or {},
            overwrite_threads=settings.get("set_threads") or {},
            default_resources=settings.get("default_resources"),
        )
        self.output_settings = _Settings(dryrun=bool(settings.get("dryrun")))
        self.dag_settings = _Settings(targets=settings.get("targets") or [])
        self.storage_settings = _Settings(default_storage_prefix="")
        self.workflow_settings = _Settings(wrapper_prefix=self.wrapper_prefix)
        self.config_settings = _Settings(
            overwrite_config=workflow.overwrite_config,
            configfiles=list(settings.get("configfiles") or ()),
        )

    @property
    def deployment_settings(self):
        from snakemake_interface_executor_plugins.settings import DeploymentMethod

        known = {m.name.lower().replace("_", "-"): m for m in DeploymentMethod}
        methods = {known[m] for m in self._sluice.settings.get("sdm") or () if m in known}
        return _Settings(deployment_method=methods, conda_prefix=self.conda_prefix)

    @property
    def exec_mode(self):
        from snakemake_interface_executor_plugins.settings import ExecMode

        return ExecMode.SUBPROCESS if self._sluice.settings.get("run_server") else ExecMode.DEFAULT

    @property
    def basedir(self):
        return Folder(os.path.dirname(self._sluice.snakefiles[0]))

    @property
    def current_basedir(self):
        return self._sluice.current_basedir

    @property
    def main_snakefile(self):
        return self._sluice.snakefiles[0]

    @property
    def snakefile(self):
        return sys._getframe(1).f_code.co_filename

    @property
    def included(self):
        return list(self._sluice.snakefiles)

    @property
    def configfiles(self):
        return self._sluice.configfiles

    @property
    def overwrite_configfiles(self):
        return list(self._sluice.settings.get("configfiles") or ())

    @property
    def overwrite_config(self):
        return self._sluice.overwrite_config

    @property
    def config(self):
        return self._sluice.config

    @property
    def globals(self):
        return self._sluice.globals

    @property
    def modifier(self):
        return self._sluice.scope

    @property
    def default_target(self):
        return self._sluice.default_target

    @property
    def rules(self):
        return list(self._sluice.rules.values())

    @property
    def _rules(self):
        return self._sluice.rules

    @property
    def workdir_init(self):
        return self._sluice.settings.get("workdir") or os.getcwd()

    @property
    def persistence(self):
        raise self._internal("persistence")

    def get_rule(self, name):
        from snakemake.exceptions import UnknownRuleException

        try:
            return self._sluice.rules[name]
        except KeyError:
            raise UnknownRuleException(name) from None

    def is_rule(self, name):
        return name in self._sluice.rules

    def source_path(self, rel_path):
        """A file given relative to the Snakefile that calls this."""
        folder = os.path.dirname(sys._getframe(1).f_code.co_filename)
        path = os.path.join(folder, os.fspath(rel_path))
        return sourcecache_entry(path, path)

    def include(self, snakefile, **kwargs):
        self._sluice.include(snakefile)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._internal(name)

    def _internal(self, name):
        return WorkflowErrorAttribute(
            "workflow.%s is an internal of Snakemake that Sluice does not have" % name
        )


class WorkflowErrorAttribute(WorkflowError, AttributeError):
    """Also an AttributeError, so that hasattr() and getattr() with a default work."""
