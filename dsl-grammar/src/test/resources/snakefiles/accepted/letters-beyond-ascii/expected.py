with _sluice_.rule("ä", 1) as _sluice_r:
    _sluice_r.output( "日本語", "😀", x="é")
    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration):
        变量 = 1 # 😀
