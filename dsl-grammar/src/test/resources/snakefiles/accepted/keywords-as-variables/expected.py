rule = 3
checkpoint = rule
input = config["rule"]
params = input
include = 3
container = include.x
report("x")
conda[1] = 3
storage = 3
module = 4
use = 5
use.rule
ruleorder += 1
workdir, x = 1, 2
storage.s3("x")
report
