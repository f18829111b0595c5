with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( lambda wildcards: {"a": 1}[wildcards.x:1], lambda w, i=3: f(w), x=lambda: 3)
    _sluice_r.params(
        a=lambda w, input: input[1:2],
        b={1: 2, "a": lambda q: 3},
        *c,
        **d)
    _sluice_r.output( (x for x in "a:b"), [y for y, z in q])
    _sluice_r.shell( "e")
