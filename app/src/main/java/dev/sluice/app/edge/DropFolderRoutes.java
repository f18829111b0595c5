package dev.sluice.app.edge;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;

import java.io.File;
import java.nio.file.Path;

/**
 * Looks into the drop folder and hands what lies still to {@link DropFolder}: files by Camel's file
 * component, folders, which it does not know as units, by a timer.
 */
public final class DropFolderRoutes extends RouteBuilder {
    private final DropFolder drop;
    private final long everyMillis;

    public DropFolderRoutes(DropFolder drop) {
        this(drop, 1000);
    }

    DropFolderRoutes(DropFolder drop, long everyMillis) {
        this.drop = drop;
        this.everyMillis = everyMillis;
    }

    @Override
    public void configure() {
        // Taking is a rename by ourselves, so that Camel neither locks nor moves nor remembers.
        FileEndpoint files =
                FileEndpoints.over(
                        getContext(),
                        "drop",
                        drop.folder(),
                        "noop=true&idempotent=false&readLock=none&initialDelay=0&delay="
                                + everyMillis);
        files.setFilter(
                file -> !file.isDirectory() && drop.isSettled(Path.of(file.getAbsoluteFilePath())));
        from(files)
                .routeId("drop-files")
                .process(exchange -> drop.take(exchange.getMessage().getBody(File.class).toPath()));
        from("timer:drop-folders?delay=0&period=" + everyMillis)
                .routeId("drop-folders")
                .process(_ -> drop.look());
    }
}
