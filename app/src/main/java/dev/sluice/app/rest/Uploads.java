package dev.sluice.app.rest;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Takes the bodies of requests in: files of forms go to disk and are deleted when the request is
 * over, all else is small and stays in memory. What is too large is a 413 as soon as it is known.
 */
public final class Uploads implements Handler<RoutingContext> {
    private static final String FORM = "multipart/form-data";
    private static final long MOST_WITHOUT_FILES = 1 << 20;

    private final BodyHandler forms;
    private final BodyHandler others;

    /**
     * @param folder where files arrive; it has to be there
     * @param mostBytes of a form with all its files
     */
    public Uploads(Path folder, long mostBytes) {
        forms =
                BodyHandler.create(folder.toString())
                        .setBodyLimit(mostBytes)
                        .setDeleteUploadedFilesOnEnd(true)
                        .setMergeFormAttributes(false);
        others =
                BodyHandler.create(false)
                        .setBodyLimit(MOST_WITHOUT_FILES)
                        .setMergeFormAttributes(false);
    }

    @Override
    public void handle(RoutingContext context) {
        context.request().resume();
        String type = context.request().getHeader("Content-Type");
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
        (form ? forms : others).handle(context);
    }
}
