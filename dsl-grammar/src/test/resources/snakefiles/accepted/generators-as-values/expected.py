with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( expand("{a}", a=x) if c else "z")
    _sluice_r.params( a for a, b in z)
    _sluice_r.output( "x", *f(), **{"a": "b"})
    _sluice_r.shell( "e")
