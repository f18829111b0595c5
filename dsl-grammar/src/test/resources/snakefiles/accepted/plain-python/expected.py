@foo
@bar(1,
  2)
def f(x): return x; y = 3
async def g(): pass
x = 1; include = 2
