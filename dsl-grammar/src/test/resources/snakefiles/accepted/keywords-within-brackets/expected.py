x = [
rule,
include,
  input
]
y = {
 input: 3,
 rule: 4
}
z = f(
  lambda a,
  input: input
)
