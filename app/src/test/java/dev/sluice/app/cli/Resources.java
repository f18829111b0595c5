package dev.sluice.app.cli;

import java.nio.file.Path;

/** Where the fixtures of this package lie in the source tree. */
final class Resources {
    private Resources() {}

    static Path folder(String name) {
        return Path.of(System.getProperty("sluice.project.dir", ".."))
                .resolve("app/src/test/resources/dev/sluice/app/cli")
                .resolve(name)
                .toAbsolutePath()
                .normalize();
    }
}
