"""Places that Snakefiles, scripts and environments can come from."""

import os

from snakemake.exceptions import WorkflowError


class SourceFile:
    def get_path_or_uri(self, secret_free=True):
        raise NotImplementedError


class LocalSourceFile(SourceFile):
    def __init__(self, path):
        self.path = os.fspath(path)

    def get_path_or_uri(self, secret_free=True):
        return self.path

    def is_persistently_cacheable(self):
        return False

    def get_basedir(self):
        return LocalSourceFile(os.path.dirname(self.path))

    def abspath(self):
        return type(self)(os.path.abspath(self.path))

    def isabs(self):
        return os.path.isabs(self.path)

    def join(self, path):
        return LocalSourceFile(os.path.join(self.path, os.fspath(path)))

    def get_filename(self):
        return os.path.basename(self.path)

    def __fspath__(self):
        return self.path

    def __str__(self):
        return self.path

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(self.path)


class HostingProviderFile(SourceFile):
    """A file of a repository on a web service, which takes the network."""

    provider = None

    def __init__(self, repo, path=None, tag=None, branch=None, commit=None, host=None):
        self.repo = repo
        self.path = (path or "").lstrip("/")
        self.tag, self.branch, self.commit = tag, branch, commit
        self.host = host or self.provider + ".com"
        if not (tag or branch or commit):
            raise WorkflowError(
                "%s() needs a `tag`, `branch` or `commit` to take the file from" % self.provider
            )

    @property
    def ref(self):
        return self.tag or self.commit or self.branch

    def get_path_or_uri(self, secret_free=True):
        return "https://%s/%s/blob/%s/%s" % (self.host, self.repo, self.ref, self.path)

    def __fspath__(self):
        raise WorkflowError(
            "Sluice does not fetch sources over the network yet: %s. Clone the repository and give"
            " a path, or gitfile(...)." % self.get_path_or_uri(),
            code="remote-source",
        )

    def __str__(self):
        return self.get_path_or_uri()


class GithubFile(HostingProviderFile):
    provider = "github"


class GitlabFile(HostingProviderFile):
    provider = "gitlab"


class LocalGitFile(SourceFile):
    """A file of a git repository on this machine, as of a commit; unpacked into the cache."""

    def __init__(self, repo_path, path, tag=None, ref=None, commit=None, branch=None):
        self.repo_path = os.fspath(repo_path)
        self.path = path
        self.ref = tag or ref or commit or branch or "HEAD"

    def get_path_or_uri(self, secret_free=True):
        return "git+file:%s/%s@%s" % (os.path.abspath(self.repo_path), self.path, self.ref)

    def __str__(self):
        return self.get_path_or_uri()

    def __fspath__(self):
        return os.path.join(checkout(self.repo_path, self.ref), self.path)


def cache_folder():
    return os.environ.get("SLUICE_CACHE") or os.path.join(
        os.path.expanduser("~"), ".cache", "sluice"
    )


def checkout(repo, ref):
    """A folder with the files of a local repository at a ref."""
    import subprocess
    import tempfile

    def git(*args, **kwargs):
        done = subprocess.run(["git", "-C", repo, *args], capture_output=True, **kwargs)
        if done.returncode:
            raise WorkflowError(
                "Cannot read %s at %s: %s" % (repo, ref, done.stderr.decode().strip())
            )
        return done.stdout

    commit = git("rev-parse", "--verify", ref + "^{commit}").decode().strip()
    target = os.path.join(cache_folder(), "sources", commit)
    if not os.path.isdir(target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with tempfile.TemporaryDirectory(dir=os.path.dirname(target)) as work:
            subprocess.run(["tar", "-x", "-C", work], input=git("archive", commit), check=True)
            os.chmod(work, 0o755)
            inner = os.path.join(os.path.dirname(target), ".%s.%d" % (commit, os.getpid()))
            os.rename(work, inner)
            os.mkdir(work)
            try:
                os.rename(inner, target)
            except OSError:
                pass
    return target


def infer_source_file(path_or_uri, basedir=None):
    known = isinstance(path_or_uri, SourceFile)
    return path_or_uri if known else _local_file(os.fspath(path_or_uri), basedir)


def _local_file(path, basedir):
    for scheme in ("file://", "file:"):
        if path.startswith(scheme):
            path = path[len(scheme) :]
            break
    return LocalSourceFile(path if basedir is None else os.path.join(os.fspath(basedir), path))
