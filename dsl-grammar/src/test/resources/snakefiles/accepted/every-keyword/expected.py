_sluice_.include( "a.smk")
_sluice_.configfile( "config.yaml")
_sluice_.workdir( "/tmp")
_sluice_.wildcard_constraints(
    sample=r"\w+",
    n="[0-9]{1,2}",)
_sluice_.localrules( "all")
_sluice_.ruleorder( "a" , "b")
_sluice_.report( "report.rst")
_sluice_.envvars(
    "HOME",
    "PATH")
_sluice_.scattergather(
    split=8)
_sluice_.container( "docker://x")
_sluice_.singularity( "docker://y")
_sluice_.containerized( "docker://z")
_sluice_.conda( "env.yaml")
_sluice_.resource_scopes(
    mem_mb="local")
_sluice_.inputflags(
    access.sequential)
_sluice_.outputflags( temp)
_sluice_.pathvars(
    results="out")
_sluice_.pepfile( "pep.yaml")
_sluice_.pepschema( "schema.yaml")
_sluice_.storage_provider(None, 
    provider="fs")
def _sluice_onstart(log): print("start")
def _sluice_onsuccess(log):
    print("done")
def _sluice_onerror(log):
    print("failed", log)
with _sluice_.rule("all", 35) as _sluice_r:
    _sluice_r.input( "x")
with _sluice_.checkpoint("some", 37) as _sluice_r:
    _sluice_r.output( "y")
with _sluice_.module("other", 39) as _sluice_m:
    _sluice_m.snakefile( "other.smk")
    _sluice_m.config( config)
    _sluice_m.skip_validation( True)
    _sluice_m.prefix( "p")
    _sluice_m.replace_prefix( {"a": "b"})
    _sluice_m.pathvars( results="x")
with _sluice_.module("wrapped", 46) as _sluice_m:
    _sluice_m.meta_wrapper( "0.1/meta/x")
with _sluice_.use_rule(("*",), 48, from_module="other", exclude=(), name_modifier="other_*") as _sluice_r: pass
