for tool in TOOLS:
    with _sluice_.rule(None, 2) as _sluice_r:
        _sluice_r.name( f"call_{tool}")
        _sluice_r.output( tool + ".txt")

    with _sluice_.use_rule(("base",), 6, from_module=None, exclude=(), name_modifier="base_with_tool") as _sluice_r:
        _sluice_r.name( f"base_{tool}")

if config.get("extra"):
    with _sluice_.rule("extra", 10) as _sluice_r:
        _sluice_r.output( "a")
else:
    with _sluice_.rule("extra", 13) as _sluice_r:
        _sluice_r.output( "b")
