"""`storage("query")`: remote objects, which Sluice can name but not fetch yet."""

from snakemake.io import flag


class StorageRegistry:
    """The name `storage` of Snakefiles; `storage.TAG` is the provider registered under TAG."""

    def __call__(self, query, retrieve=True, keep_local=False, **options):
        return _objects(None, query, retrieve, keep_local)

    def __getattr__(self, tag):
        if tag.startswith("__"):
            raise AttributeError(tag)
        return StorageProviderProxy(tag)


class StorageProviderProxy:
    """`storage.TAG`: called with a query or several, gives what stands for the remote objects."""

    def __init__(self, name):
        self.name = name

    def __call__(self, query, retrieve=True, keep_local=False, **options):
        return _objects(self.name, query, retrieve, keep_local)


def _objects(tag, query, retrieve, keep_local):
    if not isinstance(query, str) and hasattr(query, "__iter__"):
        return [_objects(tag, q, retrieve, keep_local) for q in query]
    about = {"query": str(query), "tag": tag, "retrieve": retrieve, "keep_local": keep_local}
    return flag(query, "storage_object", about)
