if x: include: "y"
