/** The skeleton of a Snakefile; Python is one token at a time, whatever its length. */
parser grammar SnakefileParser;

options {
    tokenVocab = SnakefileLexer;
}

snakefile : statement* EOF ;

statement
    : PYTHON NEWLINE block?
    | ruleDeclaration
    | moduleDeclaration
    | useRule
    | keywordStatement
    | storageDeclaration
    | hook
    ;

block : INDENT statement* DEDENT ;

ruleDeclaration : RULE NAME? COLON body ;

moduleDeclaration : MODULE NAME? COLON body ;

// One rule, so that an error anywhere in the header leaves out the statement as a whole.
useRule
    : USE RULE names+=(NAME | STAR) (COMMA names+=(NAME | STAR))*
      (FROM module=NAME)?
      (EXCLUDE excluded+=NAME (COMMA excluded+=NAME)*)?
      (AS pattern+=(NAME | STAR)+)?
      (WITH COLON body | NEWLINE)
    ;

keywordStatement : KEYWORD COLON VALUE? NEWLINE ;

storageDeclaration : STORAGE NAME? COLON VALUE? NEWLINE ;

hook : HOOK COLON BLOCK? NEWLINE ;

body
    : item
    | NEWLINE (INDENT item* DEDENT)?
    ;

item
    : DOCSTRING NEWLINE
    | DIRECTIVE COLON VALUE? NEWLINE
    | RUN COLON BLOCK? NEWLINE
    | STRAY NEWLINE
    ;
