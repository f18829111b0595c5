package dev.sluice.app.rest;

import dev.sluice.app.access.Access;
import dev.sluice.app.catalogue.Catalogue;
import dev.sluice.app.host.Runs;
import dev.sluice.app.submit.Quota;
import dev.sluice.app.watch.Watches;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * What the API is made of.
 *
 * @param engines plan and explain; never run a job
 * @param log gets the traces that no client is to see
 */
public record RestParts(
        Runs runs,
        Access access,
        Watches watches,
        Catalogue catalogue,
        Quota quota,
        Engines engines,
        InstantSource clock,
        PrintStream log) {}
