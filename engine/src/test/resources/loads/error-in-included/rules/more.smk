rule a:
    output: config["nope"]
