with _sluice_.rule("a", 1) as _sluice_r \
 \
:
    _sluice_r.output( \
     "x")
    _sluice_r.shell(
 "e" \
  "f")
x = 1
