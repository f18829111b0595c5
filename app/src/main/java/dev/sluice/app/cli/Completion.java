package dev.sluice.app.cli;

import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;

import java.util.stream.Collectors;

/** Completion scripts for shells, made from the table of options. */
final class Completion {
    private Completion() {}

    /** The script for {@code shell}; a {@link UsageError} for a shell we do not know. */
    static String script(OptionTable table, String shell) {
        return switch (shell) {
            case "bash" -> bash(table);
            case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash(table);
            case "fish" -> fish(table);
            default ->
                    throw new UsageError(
                            "no completion for `" + shell + "`",
                            "there is one for bash, zsh and fish");
        };
    }

    private static String names(OptionTable table) {
        return table.all().stream()
                .filter(option -> option.support() != Option.Support.NOT_BUILT)
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" "));
    }

    private static String bash(OptionTable run) {
        return """
        _sluice() {
            local word=${COMP_WORDS[COMP_CWORD]}
            if [ "$COMP_CWORD" = 1 ]; then
                COMPREPLY=($(compgen -W "%s --help --version" -- "$word"))
            elif [ "${COMP_WORDS[1]}" = completion ]; then
                COMPREPLY=($(compgen -W "bash zsh fish" -- "$word"))
            elif [[ $word == -* ]]; then
                local options="--server --token-file --directory --json --help"
                case ${COMP_WORDS[1]} in
                    journal) options="--directory --json --help" ;;
                    run) options="%s" ;;
                    resume) options="%s" ;;
                esac
                COMPREPLY=($(compgen -W "$options" -- "$word"))
            else
                COMPREPLY=($(compgen -f -- "$word"))
            fi
        }
        complete -o filenames -F _sluice sluice
        """
                .formatted(
                        String.join(" ", CommandLine.COMMANDS),
                        names(run),
                        names(ResumeCommand.table(run)));
    }

    private static String fish(OptionTable table) {
        String options =
                table.all().stream()
                        .filter(option -> option.support() != Option.Support.NOT_BUILT)
                        .map(Completion::fishLine)
                        .collect(Collectors.joining());
        return """
        complete -c sluice -n __fish_use_subcommand -f -a '%s'
        complete -c sluice -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'
        """
                        .formatted(String.join(" ", CommandLine.COMMANDS))
                + options;
    }

    private static String fishLine(Option option) {
        var line = new StringBuilder("complete -c sluice -n '__fish_seen_subcommand_from run'");
        for (String name : option.names()) {
            line.append(
                    name.startsWith("--")
                            ? " -l " + name.substring(2)
                            : " -s " + name.substring(1));
        }
        if (option.arity() == Option.Arity.ONE || option.arity() == Option.Arity.SOME) {
            line.append(" -r");
        }
        return line.append(" -d '")
                .append(option.help().replace("'", "\\'"))
                .append("'\n")
                .toString();
    }
}
