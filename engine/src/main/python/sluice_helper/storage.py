"""`storage("query")`: remote objects, which Sluice can name but not fetch yet."""

from snakemake.io import flag


class Storage:
    """The namespace `storage`; `storage.TAG(…)` uses the provider registered under TAG."""

    def __init__(self, workflow):
        self._workflow = workflow

    def __call__(self, query, retrieve=True, keep_local=False, **options):
        return _objects(None, query, retrieve, keep_local)

    def __getattr__(self, tag):
        if tag.startswith("__"):
            raise AttributeError(tag)

        def tagged(query, retrieve=True, keep_local=False, **options):
            return _objects(tag, query, retrieve, keep_local)

        return tagged


def _objects(tag, query, retrieve, keep_local):
    if not isinstance(query, str) and hasattr(query, "__iter__"):
        return [_objects(tag, q, retrieve, keep_local) for q in query]
    about = {"query": str(query), "tag": tag, "retrieve": retrieve, "keep_local": keep_local}
    return flag(query, "storage_object", about)
