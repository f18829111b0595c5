_sluice_.localrules( "a", "b")
_sluice_.localrules(
    "a", # c
    "b",)
_sluice_.ruleorder( "a" , "b")
_sluice_.ruleorder(
   "a"
   , "b"
   , "c")
