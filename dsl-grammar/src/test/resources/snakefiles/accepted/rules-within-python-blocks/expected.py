if x:
    with _sluice_.rule("a", 2) as _sluice_r:
        _sluice_r.output( "x")
        _sluice_r.shell( "e")
else:
    with _sluice_.rule("a", 6) as _sluice_r:
        _sluice_r.output( "y")
        def _sluice_run(input, output, params, wildcards, threads, resources, log, rule, jobid, bench_iteration):
            if x:
                y
            else:
                z
for i in range(3):
    with _sluice_.rule(None, 14) as _sluice_r:
        _sluice_r.name( f"r{i}")
        _sluice_r.output( f"x{i}")
with open("x") as f:
    x = f.read()
    _sluice_.include( x)
try:
    _sluice_.include( "a")
except:
    pass
finally:
    z()
def f():
    with _sluice_.rule("q", 27) as _sluice_r:
        _sluice_r.output( "zzz")
match x:
    case 1:
        with _sluice_.rule("m1", 31) as _sluice_r:
            _sluice_r.output( "m")
