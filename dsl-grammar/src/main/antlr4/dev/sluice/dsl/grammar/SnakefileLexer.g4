/** The surface of Python: just enough to know where a string, a bracket and a line end. */
lexer grammar SnakefileLexer;

options {
    superClass = PythonSurfaceLexer;
}

tokens {
    // Made by IndentationTokenSource.
    INDENT,
    DEDENT,
    // Made by Skeleton, which knows where a keyword is one and where an island ends.
    RULE,
    MODULE,
    USE,
    FROM,
    EXCLUDE,
    AS,
    WITH,
    KEYWORD,
    STORAGE,
    HOOK,
    DIRECTIVE,
    RUN,
    DOCSTRING,
    STRAY,
    VALUE,
    BLOCK,
    PYTHON
}

// Spaces, comments and continued lines leave no token: PythonSurfaceLexer passes over them. It also
// finishes names, numbers and strings, of which only the beginning is matched here: that spares the
// start of the program most of the work, and where a string ends no regular grammar can say.

NAME : ([a-zA-Z_] | ~[\u0000-\u007f]) { finishName(); } ;

STRING : ([bBuUfFtT] | [rR] [bBfFtT]? | [bBfFtT] [rR])? ["'] { finishString(); } ;

NUMBER : [0-9] { finishNumber(); } ;

OPEN : [([{] ;
CLOSE : [)\]}] ;
COLON : ':' ;
COMMA : ',' ;
STAR : '*' ;
DOUBLE_STAR : '**' ;
EQUALS : '=' ;
GREATER : '>' ;
OPERATOR
    : ('**' | '//' | '<<' | '>>' | [:=!<>+\-*/%@&|^]) '='
    | '//' | '<<' | '>>' | '->' | [+\-/%@&|^<~.;]
    ;

NEWLINE : '\r'? '\n' | '\r' ;

// Whatever else stands there is Python's to judge.
OTHER : . ;
