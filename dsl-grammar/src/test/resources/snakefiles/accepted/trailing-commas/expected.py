with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( "x",)
    _sluice_r.output( "y",)
    _sluice_r.params( 
        a=1,
        b=2,)
    _sluice_r.shell( "z",)
