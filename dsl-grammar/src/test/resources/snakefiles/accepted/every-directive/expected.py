with _sluice_.rule("all_of_them", 1) as _sluice_r:
    _sluice_r.name( "dynamic")
    _sluice_r.input( "a")
    _sluice_r.output( "b")
    _sluice_r.params( c=1)
    _sluice_r.threads( 4)
    _sluice_r.resources( mem_mb=1000)
    _sluice_r.retries( 3)
    _sluice_r.priority( 50)
    _sluice_r.log( "d")
    _sluice_r.message( "e {wildcards}")
    _sluice_r.benchmark( "f")
    _sluice_r.conda( "g.yaml")
    _sluice_r.container( "docker://h")
    _sluice_r.containerized( "docker://i")
    _sluice_r.envmodules( "j", "k")
    _sluice_r.wildcard_constraints( x="y")
    _sluice_r.shadow( "minimal")
    _sluice_r.group( "l")
    _sluice_r.cache( True)
    _sluice_r.handover( True)
    _sluice_r.default_target( True)
    _sluice_r.localrule( True)
    _sluice_r.pathvars( results="m")
    _sluice_r.shell( "n")

with _sluice_.rule("of_old_images", 27) as _sluice_r:
    _sluice_r.singularity( "docker://o")
    _sluice_r.script( "p.py")

with _sluice_.rule("q", 31) as _sluice_r:
    _sluice_r.notebook( "q.ipynb")

with _sluice_.rule("r", 34) as _sluice_r:
    _sluice_r.wrapper( "v1/bio/r")

with _sluice_.rule("s", 37) as _sluice_r:
    _sluice_r.template_engine( "yte")

with _sluice_.rule("t", 40) as _sluice_r:
    _sluice_r.cwl( "t.cwl")

with _sluice_.rule("u", 43) as _sluice_r:
    def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration): print("u")
