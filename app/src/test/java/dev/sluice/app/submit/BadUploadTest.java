package dev.sluice.app.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Uploads that are not what they should be: each is told why, and leaves nothing. */
class BadUploadTest {
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final String NO_BUNDLE = "The upload is not a bundle";
    private static final String TOO_MUCH = "The bundle unpacks to too much";
    private static final String BAD_PATH = "A path of the bundle is not allowed";
    private static final String CONTRADICTION = "Paths of the bundle contradict each other";

    @TempDir Path folder;
    private Uploads uploads;

    @BeforeEach
    void aServer() throws IOException {
        uploads = new Uploads(folder);
    }

    @Test
    void nothingAtAll() throws IOException {
        uploads.refuses(new byte[0], 400, "The upload is empty", "no bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "fd377a585a000000, an xz file",
        "425a6839314159, a bzip2 file",
        "28b52ffd00000000, a zstd file",
        "377abcaf271c0004, a 7z archive",
        "255044462d312e37, a PDF",
        "7f454c4602010100, a program",
        "00ff00ff00ff, neither an archive nor text",
        "89504e470d0a1a0a, neither an archive nor text"
    })
    void noArchive(String hex, String words) throws IOException {
        BadBundle bad = uploads.refuses(HexFormat.of().parseHex(hex), 415, NO_BUNDLE, words);
        assertThat(bad.hint()).contains("tar.gz").contains("zip");
    }

    @Test
    void aGzipOfSomethingElse() throws IOException {
        byte[] reads = TarSketch.gzip("@read1\nACGT\n+\nIIII\n".repeat(99).getBytes(UTF_8));
        uploads.refuses(reads, 415, NO_BUNDLE, "no tar archive");
    }

    @Test
    void aTarThatWasCutOff() throws IOException {
        byte[] whole = TarSketch.workflow().file("data", "x".repeat(90_000)).bytes();
        uploads.refuses(Arrays.copyOf(whole, 20_000), 400, "The upload is damaged", "to its end");
    }

    @Test
    void aGzipThatWasCutOff() throws IOException {
        var noise = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            noise.append(Integer.toString(i * 7919, 36));
        }
        byte[] whole = TarSketch.workflow().file("data", noise.toString()).gzipped();
        uploads.refuses(
                Arrays.copyOf(whole, whole.length / 2), 400, "The upload is damaged", "to its end");
    }

    @Test
    void aGzipWithAWrongCheckSum() throws IOException {
        byte[] whole = TarSketch.workflow().gzipped();
        whole[whole.length - 6] ^= 1;
        uploads.refuses(whole, 400, "The upload is damaged");
    }

    @Test
    void aZipThatWasCutOff() throws IOException {
        byte[] whole = new ZipSketch().file("Snakefile", "rule a:\n").bytes();
        uploads.refuses(Arrays.copyOf(whole, whole.length - 30), 400, "The upload is damaged");
    }

    @Test
    void aZipWithAWrongCheckSum() throws IOException {
        byte[] whole = new ZipSketch().file("Snakefile", "rule a:\n").bytes();
        int directory = indexOf(whole, new byte[] {'P', 'K', 1, 2});
        whole[directory + 16] ^= 1;
        uploads.refuses(whole, 400, "The upload is damaged", "check sum");
    }

    @Test
    void aZipWithAPassword() throws IOException {
        byte[] whole = new ZipSketch().file("Snakefile", "rule a:\n").bytes();
        whole[indexOf(whole, new byte[] {'P', 'K', 1, 2}) + 8] |= 1;
        uploads.refuses(whole, 415, NO_BUNDLE, "`Snakefile` is encrypted");
    }

    @Test
    void noSnakefile() throws IOException {
        byte[] tar = new TarSketch().file("data/a.txt", "a").file("readme", "r").gzipped();
        BadBundle bad =
                uploads.refuses(
                        tar,
                        422,
                        "No Snakefile in the bundle",
                        "looked for `Snakefile`, `snakefile`, `workflow/Snakefile`,"
                                + " `workflow/snakefile`");
        assertThat(bad.hint()).contains("-s");
    }

    @Test
    void anArchiveWithNothingInIt() throws IOException {
        uploads.refuses(
                new TarSketch().bytes(), 422, "No Snakefile in the bundle", "nothing is in it");
        uploads.refuses(
                new ZipSketch().bytes(), 422, "No Snakefile in the bundle", "nothing is in it");
    }

    @Test
    void aFolderCalledSnakefile() throws IOException {
        byte[] tar = new TarSketch().file("Snakefile/a", "a").file("b", "b").gzipped();
        uploads.refuses(tar, 422, "No Snakefile in the bundle");
    }

    @ParameterizedTest
    @CsvSource({
        "../outside, leads out",
        "a/../../outside, leads out",
        "a/b/.., leads out",
        "/etc/outside, absolute path",
        "//outside, absolute path",
        "'..\\outside', backslash",
        "'a\\b', backslash",
        "C:/outside, absolute path"
    })
    void pathsThatLeave(String name, String words) throws IOException {
        uploads.refuses(TarSketch.workflow().file(name, "bad").gzipped(), 422, BAD_PATH, words);
        uploads.refuses(TarSketch.workflow().file(name, "bad").bytes(), 422, BAD_PATH, words);
        if (!words.equals("backslash")) {
            byte[] zip = new ZipSketch().file("Snakefile", "").file(name, "bad").bytes();
            uploads.refuses(zip, 422, BAD_PATH, words);
        }
    }

    @Test
    void aZipOfWindowsThatLeaves() throws IOException {
        byte[] zip = new ZipSketch().file("Snakefile", "").file("..\\outside", "bad").bytes();
        uploads.refuses(zip, 422, BAD_PATH, "leads out");
    }

    @Test
    void pathsThatLeaveSaidInAPaxHeader() throws IOException {
        byte[] tar = TarSketch.workflow().pax("path", "../outside", "bad").gzipped();
        uploads.refuses(tar, 422, BAD_PATH, "`../outside` leads out");
    }

    @Test
    void namesWithControlCharacters() throws IOException {
        uploads.refuses(
                TarSketch.workflow().file("a\u001b[2Jb", "").gzipped(),
                422,
                BAD_PATH,
                "`a\\u001b[2Jb` has a control character");
        byte[] zip = new ZipSketch().file("Snakefile", "").file("a\0b", "").bytes();
        uploads.refuses(zip, 422, BAD_PATH, "control character");
    }

    @Test
    void namesThatAreNotUtf8LoseWhatCannotBeRead() throws IOException {
        byte[] tar = TarSketch.workflow().file("caf@", "").bytes();
        int at = lastIndexOf(tar, "caf@".getBytes(UTF_8));
        tar[at + 3] = (byte) 0xE9;
        repairCheckSum(tar, at);
        // What the bytes were is not kept; and it is no way to write elsewhere.
        uploads.take(tar);
        assertThat(uploads.into().resolve("caf?")).exists();
    }

    @Test
    void pathsThatAreTooLong() throws IOException {
        byte[] deep = TarSketch.workflow().file("d/".repeat(65) + "x", "").gzipped();
        uploads.refuses(deep, 422, BAD_PATH, "more than 64 folders deep");
        byte[] wide = TarSketch.workflow().file("ä".repeat(128), "").gzipped();
        uploads.refuses(wide, 422, BAD_PATH, "more than 255 bytes");
        byte[] both = TarSketch.workflow().file(("l".repeat(200) + "/").repeat(11), "").gzipped();
        uploads.refuses(both, 422, BAD_PATH, "longer than 2048 bytes");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, 'V'})
    void devicesAndPipes(byte flag) throws IOException {
        uploads.refuses(
                TarSketch.workflow().special("dev", flag).gzipped(),
                422,
                "The bundle holds what is no file",
                "`dev` is a device");
    }

    @Test
    void aPipeInAZip() throws IOException {
        uploads.refuses(
                new ZipSketch().file("Snakefile", "").pipe("p").bytes(),
                422,
                "The bundle holds what is no file");
    }

    @Test
    void theSamePathTwice() throws IOException {
        byte[] tar = TarSketch.workflow().file("./Snakefile", "other").gzipped();
        uploads.refuses(tar, 422, CONTRADICTION, "`Snakefile` stands in it twice");
        byte[] zip = new ZipSketch().file("Snakefile", "a").file("Snakefile", "b").bytes();
        uploads.refuses(zip, 422, CONTRADICTION, "twice");
    }

    @Test
    void aFileThatIsAlsoAFolder() throws IOException {
        byte[] above = TarSketch.workflow().file("a", "").file("a/b", "").gzipped();
        uploads.refuses(above, 422, CONTRADICTION, "`a` is a file and also a folder");
        byte[] below = TarSketch.workflow().file("a/b", "").file("a", "").gzipped();
        uploads.refuses(below, 422, CONTRADICTION, "`a` stands in it twice");
    }

    @Test
    void overTheQuotaAsItIsSent() throws IOException {
        byte[] tar = TarSketch.workflow().zeros("data", 1).bytes();
        uploads.refuses(
                tar, new Quota(1 << 20, 1 << 30, 100), 413, "The upload is too large", "1.0 MiB");
    }

    @Test
    void overTheQuotaAsItUnpacks() throws IOException {
        byte[] tar = TarSketch.workflow().zeros("a", 9).zeros("b", 9).gzipped();
        uploads.refuses(tar, 413, TOO_MUCH, "more than 16 MiB");
        byte[] zip = new ZipSketch().file("Snakefile", "x".repeat(17 << 20)).bytes();
        assertThat(zip.length).isLessThan(100_000);
        uploads.refuses(zip, 413, TOO_MUCH, "more than 16 MiB");
    }

    @Test
    void aBombWithinTheQuota() throws IOException {
        byte[] tar = TarSketch.workflow().zeros("zeros", 80).gzipped();
        var roomy = new Quota(1L << 30, 1L << 40, 100);
        uploads.refuses(tar, roomy, 413, TOO_MUCH, "more than 250 times");
    }

    @Test
    void tooManyFiles() throws IOException {
        var tar = TarSketch.workflow();
        var zip = new ZipSketch().file("Snakefile", "");
        for (int i = 0; i < 200; i++) {
            tar.file("f" + i, "");
            zip.file("f" + i, "");
        }
        String words = "more than 200 files, folders and links";
        uploads.refuses(tar.gzipped(), 413, "Too many files in the bundle", words);
        uploads.refuses(zip.bytes(), 413, "Too many files in the bundle", words);
    }

    @Test
    void tooManyFoldersThatNobodyNamed() throws IOException {
        var tar = TarSketch.workflow();
        for (int i = 0; i < 5; i++) {
            tar.file(i + "/" + "d/".repeat(60) + "x", "");
        }
        uploads.refuses(tar.gzipped(), 413, "Too many files in the bundle");
    }

    @Test
    void aZipWhoseListFillsTheMemory() throws IOException {
        var zip = new ZipSketch().file("Snakefile", "");
        for (int i = 0; i < 6_000; i++) {
            zip.file("some/folder/with/a/name/" + i, "");
        }
        uploads.refuses(zip.bytes(), 413, "Too many files in the bundle", "longer than");
    }

    @Test
    void aTarWhoseHeaderFillsTheMemory() throws IOException {
        byte[] tar = TarSketch.workflow().pax("comment", "x".repeat(3 << 20), "").gzipped();
        uploads.refuses(tar, 413, TOO_MUCH, "one entry fills memory");
    }

    @Test
    void aTarWithoutAnEnd() throws IOException {
        // 60 MB of zeros behind the end: nothing to unpack, only to read.
        var endless = new ByteArrayOutputStream();
        endless.write(TarSketch.workflow().bytes());
        endless.write(new byte[60 << 20]);
        uploads.refuses(TarSketch.gzip(endless.toByteArray()), 413, TOO_MUCH, "still going on");
    }

    /** Made by the real tar: what is sent is small, what comes out is not. */
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "posix"})
    void aSparseFile(String format) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("sparse-");
        try (var hole = new RandomAccessFile(files.resolve("hole").toFile(), "rw")) {
            hole.setLength(20 << 20);
            hole.seek(hole.length());
            hole.write(1);
        }
        Files.writeString(files.resolve("Snakefile"), "");
        Path tar = files.resolve("sparse.tar");
        String[] command = {
            "tar",
            "-cS",
            "--format=" + format,
            "-f",
            tar.toString(),
            "-C",
            files.toString(),
            "Snakefile",
            "hole"
        };
        assumeThat(Git.succeeds(command)).as("GNU tar is installed").isTrue();
        assertThat(tar).satisfies(file -> assertThat(Files.size(file)).isLessThan(100_000));
        uploads.refuses(Files.readAllBytes(tar), 413, TOO_MUCH, "more than 16 MiB");
        Folders.delete(files);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int at = 0; at + part.length <= all.length; at++) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    /** The header itself: the one of its times stands before it and has the name as well. */
    private static int lastIndexOf(byte[] all, byte[] part) {
        for (int at = all.length - part.length; at >= 0; at--) {
            if (Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    private static void repairCheckSum(byte[] tar, int header) {
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[header + i] & 0xFF;
        }
        byte[] text = String.format("%06o\0 ", sum).getBytes(UTF_8);
        System.arraycopy(text, 0, tar, header + 148, 8);
    }
}
