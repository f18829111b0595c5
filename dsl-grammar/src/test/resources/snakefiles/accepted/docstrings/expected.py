with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.docstring("doc" "more")
    _sluice_r.docstring("""x
 y""")
    _sluice_r.output( "x")
    _sluice_r.docstring('late')
    _sluice_r.shell( "e")
with _sluice_.module("m", 8) as _sluice_m:
    "doc"
    _sluice_m.snakefile( "x")
with _sluice_.use_rule(("a",), 11, from_module="m", exclude=(), name_modifier="b") as _sluice_r:
    _sluice_r.docstring("doc")
    _sluice_r.output( "z")
