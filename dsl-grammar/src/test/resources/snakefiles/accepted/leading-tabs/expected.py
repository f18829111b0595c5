if 1:
	with _sluice_.rule("a", 2) as _sluice_r:
		_sluice_r.input( "x")
		_sluice_r.output(
			"z")
		def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration):
			x
