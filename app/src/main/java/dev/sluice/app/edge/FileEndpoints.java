package dev.sluice.app.edge;

import org.apache.camel.CamelContext;
import org.apache.camel.component.file.FileEndpoint;

import java.nio.file.Path;

/** Camel's file component over folders whatever their name: `?`, `%` and blanks are no trouble. */
final class FileEndpoints {
    private FileEndpoints() {}

    /**
     * @param name distinguishes it from others of the context
     * @param options as in an address
     */
    static FileEndpoint over(CamelContext camel, String name, Path folder, String options) {
        FileEndpoint endpoint =
                camel.getEndpoint("file:" + name + "?" + options, FileEndpoint.class);
        endpoint.setFile(folder.toFile());
        endpoint.getConfiguration().setDirectory(folder.toString());
        return endpoint;
    }
}
