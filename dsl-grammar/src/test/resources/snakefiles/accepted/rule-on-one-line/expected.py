with _sluice_.rule("a", 1) as _sluice_r: _sluice_r.output( "x")
with _sluice_.rule("b", 2) as _sluice_r: _sluice_r.input( "x",
               "y")
with _sluice_.checkpoint("c", 4) as _sluice_r: _sluice_r.shell( "echo")
