with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( "x",
      y="z")
    # c
    _sluice_r.output(
        "o")
    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration):
        print(1)
