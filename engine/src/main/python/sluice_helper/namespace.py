"""The names that a Snakefile finds without importing anything.

Most are imported when a program mentions them: start-up matters more than all of them together.
"""

import importlib

from sluice_helper import own_imports

MISSING = object()

# name: "module" (the module itself), "module:attribute"
_LAZY = {}


def _offer(module, names):
    for name in names.split():
        _LAZY[name] = "%s:%s" % (module, name)


for _name in (
    "os sys re subprocess copy hashlib tempfile platform threading tarfile dis linecache"
    # Only Snakemake 7 had these four; offering them is kinder than failing.
    " json urllib signal types snakemake collections"
).split():
    _LAZY[_name] = _name
_LAZY["parse"] = "urllib.parse"
_LAZY["Path"] = "pathlib:Path"
_LAZY["PosixPath"] = "pathlib:PosixPath"
_offer("functools", "partial")
_offer("itertools", "chain filterfalse")
_offer("collections", "namedtuple OrderedDict")
_offer("dataclasses", "dataclass field")
_offer("concurrent.futures", "ThreadPoolExecutor")
_offer("operator", "attrgetter")
_offer("urllib.request", "pathname2url url2pathname")
_offer(
    "typing",
    "List Dict Set Union Optional Callable Mapping Iterable Iterator DefaultDict Tuple Any",
)
_offer(
    "snakemake.io",
    "temp temporary protected touch directory pipe service ancient unpack multiext local repeat"
    " report ensure flag update before_update access AccessPatternFactory sourcecache_entry expand"
    " collect glob_wildcards from_queue IOFile dynamic not_iterable",
)
_offer(
    "snakemake.ioutils",
    "lookup branch evaluate exists subpath prepend_param parse_input extract_checksum flatten"
    " choose_file choose_folder choose_tmp as_py_module",
)
_offer("snakemake.shell", "shell")
_offer("snakemake.logging", "logger")
_offer("snakemake.utils", "update_config simplify_path")
_offer("snakemake.common", "smart_join is_local_file ON_WINDOWS Scatter Gather parse_uri bytesto")
_offer("snakemake.sourcecache", "SourceFile infer_source_file HostingProviderFile LocalSourceFile")
_LAZY["github"] = "snakemake.sourcecache:GithubFile"
_LAZY["gitlab"] = "snakemake.sourcecache:GitlabFile"
_LAZY["gitfile"] = "snakemake.sourcecache:LocalGitFile"
_offer(
    "snakemake.exceptions",
    "WorkflowError RuleException CreateRuleException UnknownRuleException NoRulesException",
)
_offer("snakemake.iocontainers", "Resources")
_offer("snakemake.checkpoints", "Checkpoints")
_offer("snakemake_interface_executor_plugins.settings", "ExecMode DeploymentMethod SharedFSUsage")
_offer("sluice_helper.rules", "Rule RuleProxy Rules")
_offer("sluice_helper.directives", "script notebook wrapper cwl render_template")
_offer("sluice_helper.workflow", "srcdir")

_ITEM_PROXIES = frozenset(("input", "output", "params", "resources", "threads"))
_cache = {"cluster_config": {}, "format_resources": str, "async_runner": None}


def lookup(name):
    """The value of a name of the namespace, or MISSING."""
    try:
        return _cache[name]
    except KeyError:
        pass
    value = _find(name)
    if value is not MISSING:
        _cache[name] = value
    return value


def _find(name):
    if name in _ITEM_PROXIES:
        from snakemake._proxies import rule_item_factory

        return rule_item_factory(name)
    where = _LAZY.get(name)
    if where is None:
        return MISSING
    module, _, attribute = where.partition(":")
    if module.startswith(("snakemake", "sluice_helper")):
        with own_imports():
            found = importlib.import_module(module)
    else:
        found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found


def provide(code, namespace):
    """Put into a namespace what a program mentions and the namespace does not have yet."""
    todo = [code]
    while todo:
        code = todo.pop()
        for name in code.co_names:
            if name not in namespace and (name in _LAZY or name in _ITEM_PROXIES or name in _cache):
                namespace[name] = lookup(name)
        for const in code.co_consts:
            if hasattr(const, "co_names"):
                todo.append(const)
