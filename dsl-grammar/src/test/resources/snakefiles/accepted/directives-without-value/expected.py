with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input()
    _sluice_r.output()
        # nothing
    _sluice_r.shell( "e")
with _sluice_.rule("b", 6) as _sluice_r:
    _sluice_r.input()
