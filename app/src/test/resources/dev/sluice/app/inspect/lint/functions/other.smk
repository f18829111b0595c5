def only_functions(wildcards):
    return "x"
