with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( f"{x["a"]}", f"{f"{f"{1+1}"}"}", f"{
  x
}")
    _sluice_r.shell( "e")
