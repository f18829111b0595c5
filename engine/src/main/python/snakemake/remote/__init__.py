"""Snakemake 7's remote providers, which neither Snakemake 8 nor Sluice has."""

_PLUGINS = {
    "S3": "s3",
    "GS": "gcs",
    "HTTP": "http",
    "FTP": "ftp",
    "SFTP": "sftp",
    "NCBI": "ncbi",
    "zenodo": "zenodo",
    "XRootD": "xrootd",
    "AzBlob": "azure",
    "iRODS": "irods",
    "webdav": "webdav",
}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from snakemake.exceptions import WorkflowError

    plugin = _PLUGINS.get(name)
    more = " (storage plugin: snakemake-storage-plugin-%s)" % plugin if plugin else ""
    raise WorkflowError(
        "snakemake.remote.%s does not exist since Snakemake 8: use `storage:` instead%s"
        % (name, more),
        code="remote-provider",
    )
