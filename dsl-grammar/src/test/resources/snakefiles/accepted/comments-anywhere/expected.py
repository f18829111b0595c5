  # odd
with _sluice_.rule("a", 2) as _sluice_r: # c1
# c2
    # c3
    _sluice_r.input( # c4
# c5
        "x", # c6
  # c7
        y="z") # c8
        # c9
    # c10
    _sluice_r.output( "b") # c11
    _sluice_r.shell( # c12
        "a" # c13
        "b") # c14
# c15
