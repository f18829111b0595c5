"""Compiles the programs of Snakefiles, long ones in pieces."""

import gc

# CPython's compiler, and its search for the line that runs, take time in the square of a module's
# length: pieces of this many rules keep Snakefiles of ten thousand rules linear.
_PIECE = 50
_LONG = 60_000
_CUT = "\nwith _sluice_."

_ONLY_AST = 0x400
_FUTURE_FLAGS = 0x1FE0000


def compiled(program, path):
    """Code objects that, run in order, are the program. All of it is compiled before any runs."""
    if len(program) < _LONG:
        return [_whole(program, path)]
    # The compiler makes no garbage, but looking for some would go through all that it made.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _in_pieces_of_text(program, path) or _in_pieces_of_tree(program, path)
    finally:
        if collects:
            gc.enable()


def _whole(program, path):
    try:
        return compile(program, path, "exec", dont_inherit=True)
    except SyntaxError as e:
        raise _with_columns_of_program(e, program, path) from None


def _with_columns_of_program(error, program, path):
    """The same error, its columns counted in the program.

    Where a file of that name exists, CPython looks at the line there, and cuts the columns to it.
    """
    try:
        compile(program, "<program>", "exec", dont_inherit=True)
    except SyntaxError as e:
        if e.lineno == error.lineno:
            e.filename = path
            return e
    return error


def _in_pieces_of_text(program, path):
    """The quick way: the text is cut before rules. None where that does not work out.

    A cut within a string or a bracket leaves the piece before it unfinished, so no piece compiles
    that does not hold whole statements.
    """
    parts = program.split(_CUT)
    out = []
    flags = line = 0
    for start in range(0, len(parts), _PIECE):
        text = _CUT[1:] if start else ""
        text += _CUT.join(parts[start : start + _PIECE])
        try:
            code = compile(text + "\n", path, "exec", flags, dont_inherit=True)
        except SyntaxError:
            return None
        flags |= code.co_flags & _FUTURE_FLAGS
        out.append(_moved(code, line))
        line += text.count("\n") + 1
    return out


def _moved(code, lines):
    """Code as if it stood that many lines further down; its tables of lines are relative."""
    if not lines:
        return code
    constants = tuple(
        _moved(c, lines) if hasattr(c, "co_firstlineno") else c for c in code.co_consts
    )
    return code.replace(co_firstlineno=code.co_firstlineno + lines, co_consts=constants)


def _in_pieces_of_tree(program, path):
    """The sure way, for programs that hold what looks like a rule within a string."""
    import _ast

    try:
        body = compile(program, path, "exec", _ONLY_AST, dont_inherit=True).body
    except SyntaxError as e:
        raise _with_columns_of_program(e, program, path) from None
    flags = 0
    out = []
    for start in range(0, len(body), _PIECE):
        piece = _ast.Module(body=body[start : start + _PIECE], type_ignores=[])
        code = compile(piece, path, "exec", flags, dont_inherit=True)
        flags |= code.co_flags & _FUTURE_FLAGS
        out.append(code)
    return out
