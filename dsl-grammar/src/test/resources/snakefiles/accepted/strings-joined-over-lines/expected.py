with _sluice_.rule("a", 1) as _sluice_r:
    _sluice_r.input(
        "x" if a else "y",
        [i for i in x if i not in y],
        not z,
        "a"
        "b",
        "c" + \
        "d")
    _sluice_r.shell(
        "a" "b"
        'c'
        f"d")
