with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( *x, "y", *z, **k)
    _sluice_r.output( a=1, *y)
    _sluice_r.shell( "x")
