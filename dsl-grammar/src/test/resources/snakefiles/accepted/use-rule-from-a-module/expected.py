with _sluice_.module("m", 1) as _sluice_m:
    _sluice_m.snakefile( "x")
with _sluice_.use_rule(("a","b",), 3, from_module="m", exclude=("c",), name_modifier="d_*") as _sluice_r \
 \
 \
: pass 
with _sluice_.use_rule(("a",), 7, from_module="m", exclude=(), name_modifier="e") as _sluice_r:
  _sluice_r.output( "x")
