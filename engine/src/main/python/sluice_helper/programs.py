"""Compiles the programs of Snakefiles, long ones in pieces."""

# CPython's compiler, and its search for the line that runs, take time in the square of a module's
# length: pieces of this many statements keep Snakefiles of ten thousand rules linear.
_PIECE = 50
_LONG = 60_000

_ONLY_AST = 0x400
_FUTURE_FLAGS = 0x1FE0000


def compiled(program, path):
    """Code objects that, run in order, are the program. All of it is compiled before any runs."""
    if len(program) < _LONG:
        return [compile(program, path, "exec", dont_inherit=True)]
    import _ast

    body = compile(program, path, "exec", _ONLY_AST, dont_inherit=True).body
    flags = 0
    out = []
    for start in range(0, len(body), _PIECE):
        piece = _ast.Module(body=body[start : start + _PIECE], type_ignores=[])
        code = compile(piece, path, "exec", flags, dont_inherit=True)
        flags |= code.co_flags & _FUTURE_FLAGS
        out.append(code)
    return out
