with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.output( "x")
    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration):
        x