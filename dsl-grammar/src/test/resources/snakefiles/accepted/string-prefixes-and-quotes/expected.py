with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input( rb"x", f"a{x}b", fr'{x["a"]!r:>{w}}', u"x", Rb"\"", rF"{x:'>10}")
    _sluice_r.output( """a "quoted" b""", '''it's''', f"""{f"{1}"} "" """, f"{{not: field}}", "a\
  b")
    _sluice_r.shell( """
  rule x:
     input: "y"
""")
