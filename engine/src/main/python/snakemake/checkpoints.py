"""The `checkpoints` object of a Snakefile."""

from snakemake.exceptions import IncompleteCheckpointException, WorkflowError


class Checkpoints:
    """A namespace of checkpoints; all namespaces of a workflow share what has been created."""

    def __init__(self, done=None):
        # {(rule name, sorted wildcards): output files}
        self._done = {} if done is None else done
        self._checkpoints = {}

    def spawn_new_namespace(self):
        return Checkpoints(self._done)

    def _register(self, rule, *names):
        for name in names:
            if name:
                self._checkpoints[name] = Checkpoint(rule, self._done)

    def __getattr__(self, name):
        try:
            return self.__dict__["_checkpoints"][name]
        except KeyError:
            raise AttributeError("there is no checkpoint named %r" % name) from None


def job_key(rulename, wildcards):
    return rulename, tuple(sorted((k, str(v)) for k, v in wildcards.items()))


class Checkpoint:
    def __init__(self, rule, done):
        self.rule = rule
        self._done = done

    def get(self, **wildcards):
        from snakemake.io import apply_wildcards

        rule = self.rule
        missing = [n for n in rule.wildcard_names if n not in wildcards]
        if missing:
            raise WorkflowError("Missing wildcard values for %s" % ", ".join(missing))
        used = {n: wildcards[n] for n in rule.wildcard_names}
        output = self._done.get(job_key(rule.name, used))
        if output is None:
            target = apply_wildcards(str(rule.output[0]), used) if rule.output else rule.name
            error = IncompleteCheckpointException(rule, target)
            error.wildcards = used
            raise error
        return CheckpointJob(rule, output)


class CheckpointJob:
    def __init__(self, rule, output):
        self.rule = rule
        self.output = output
