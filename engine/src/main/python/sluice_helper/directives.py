"""Functions that stand for directives inside of `run:` blocks: rarely used, and not built."""

from snakemake.exceptions import WorkflowError


def _not_built(name):
    def function(*args, **kwargs):
        raise WorkflowError(
            "%s(...) as a function is not built: use the directive `%s:` of a rule of its own."
            % (name, name.replace("render_template", "template_engine"))
        )

    function.__name__ = name
    return function


script = _not_built("script")
notebook = _not_built("notebook")
wrapper = _not_built("wrapper")
cwl = _not_built("cwl")
render_template = _not_built("render_template")
