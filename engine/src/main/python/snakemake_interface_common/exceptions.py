from snakemake.exceptions import WorkflowError  # noqa: F401


class ApiError(WorkflowError):
    pass
