package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder as the server has it for uploads: one file comes in, and may come to a workflow. */
final class Uploads {
    static final Quota QUOTA = new Quota(8 << 20, 16 << 20, 200);

    private final Path base;
    private final Path upload;
    private final Path into;

    Uploads(Path base) throws IOException {
        this.base = base;
        Files.createDirectories(base.resolve("incoming"));
        upload = base.resolve("incoming/upload");
        into = base.resolve("incoming/work");
        Files.writeString(base.resolve("outside"), "untouched");
    }

    Path into() {
        return into;
    }

    Unpacked take(byte[] bytes) throws IOException {
        return Unpacking.unpack(Files.write(upload, bytes), "upload.bin", into, QUOTA);
    }

    Unpacked take(byte[] bytes, String snakefile) throws IOException {
        return Unpacking.unpack(Files.write(upload, bytes), QUOTA, into, snakefile);
    }

    /** It is refused with these words, and nothing of it is left. */
    BadBundle refuses(byte[] bytes, int status, String title, String... details)
            throws IOException {
        return refuses(bytes, QUOTA, status, title, details);
    }

    BadBundle refuses(byte[] bytes, Quota quota, int status, String title, String... details)
            throws IOException {
        Files.write(upload, bytes);
        BadBundle bad =
                catchThrowableOfType(
                        BadBundle.class, () -> Unpacking.unpack(upload, "upload.bin", into, quota));
        assertThat(bad).isNotNull();
        assertThat(bad.title()).as(bad.detail()).isEqualTo(title);
        for (String words : details) {
            assertThat(bad.detail()).contains(words);
        }
        assertThat(bad.status()).isEqualTo(status);
        nothingIsLeft();
        return bad;
    }

    void nothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            assertThat(all.map(path -> base.relativize(path).toString()))
                    .containsExactlyInAnyOrder("", "incoming", "incoming/upload", "outside");
        }
        assertThat(base.resolve("outside")).hasContent("untouched");
    }
}
