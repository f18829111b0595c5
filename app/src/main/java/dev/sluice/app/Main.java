package dev.sluice.app;

import dev.sluice.app.cli.CommandLine;

import java.util.List;

/** The program's entry. Never decides anything of a run itself. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        boolean snakemake = "snakemake".equals(System.getProperty("sluice.as"));
        int code = CommandLine.run(List.of(args), snakemake);
        if (code == 0) {
            AotTraining.startIfWanted();
        }
        System.exit(code);
    }
}
