package dev.sluice.app.submit;

import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.GZIPInputStream;

/** What an upload is, by its content: names lie. */
enum Format {
    TAR,
    TAR_GZ,
    ZIP,
    /** A Snakefile, or any other text. */
    TEXT;

    private static final int BLOCK = 512;
    private static final int BUFFER = 1 << 16;
    private static final long LONGEST_TEXT = 4 << 20;

    /** Beginnings of what people also send. */
    private static final SequencedMap<String, String> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("fd377a585a00", "an xz file");
        OTHERS.put("425a68", "a bzip2 file");
        OTHERS.put("28b52ffd", "a zstd file");
        OTHERS.put("377abcaf271c", "a 7z archive");
        OTHERS.put("526172211a07", "a rar archive");
        OTHERS.put("25504446", "a PDF");
        OTHERS.put("7f454c46", "a program");
    }

    /** Throws a {@link BadBundle} for what is none of them. */
    static Format of(Path upload) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(upload)) {
            head = in.readNBytes(BLOCK);
        }
        if (head.length == 0) {
            throw new BadBundle(
                    BadBundle.DAMAGED, "The upload is empty", "it has no bytes at all", null);
        }
        if (startsWith(head, "1f8b")) {
            return ofPacked(upload);
        }
        if (startsWith(head, "504b0304") || startsWith(head, "504b0506")) {
            return ZIP;
        }
        if (isTar(head)) {
            return TAR;
        }
        String other = other(head);
        if (other == null && isText(upload)) {
            return TEXT;
        }
        throw notKnown("it is " + (other == null ? "neither an archive nor text" : other));
    }

    private static Format ofPacked(Path upload) {
        byte[] head;
        try (InputStream in = unzipped(upload)) {
            head = in.readNBytes(BLOCK);
        } catch (IOException e) {
            throw BadBundle.damaged(e);
        }
        if (!isTar(head)) {
            throw notKnown("what is packed in it with gzip is no tar archive");
        }
        return TAR_GZ;
    }

    static InputStream unzipped(Path upload) throws IOException {
        InputStream file = Files.newInputStream(upload);
        try {
            return new GZIPInputStream(new BufferedInputStream(file, BUFFER), BUFFER);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean isTar(byte[] head) {
        if (head.length < BLOCK) {
            return false;
        }
        for (byte value : head) {
            if (value != 0) {
                return hasCheckSum(head);
            }
        }
        // The end of an archive with nothing in it.
        return true;
    }

    private static boolean hasCheckSum(byte[] header) {
        try {
            return TarUtils.verifyCheckSum(header);
        } catch (IllegalArgumentException e) {
            // Where the sum would stand there is no number.
            return false;
        }
    }

    private static boolean startsWith(byte[] head, String hex) {
        byte[] magic = HexFormat.of().parseHex(hex);
        return head.length >= magic.length
                && ByteBuffer.wrap(head, 0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static @Nullable String other(byte[] head) {
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            if (startsWith(head, other.getKey())) {
                return other.getValue();
            }
        }
        return null;
    }

    private static boolean isText(Path upload) throws IOException {
        if (Files.size(upload) > LONGEST_TEXT) {
            return false;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(upload)))
                    .chars()
                    .allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f');
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static BadBundle notKnown(String detail) {
        return new BadBundle(
                BadBundle.NOT_KNOWN,
                "The upload is not a bundle",
                detail,
                "send a tar.gz, a tar, a zip or a Snakefile; `sluice submit` packs one");
    }
}
