package dev.sluice.dsl.ast;

import dev.sluice.dsl.source.Span;

/** What may stand at the top of a Snakefile, or in a Python block at any depth. */
public sealed interface Statement
        permits PythonCode,
                PythonBlock,
                RuleDeclaration,
                ModuleDeclaration,
                UseRule,
                KeywordStatement,
                StorageDeclaration,
                LocalRules,
                RuleOrder,
                Hook {
    Span span();
}
