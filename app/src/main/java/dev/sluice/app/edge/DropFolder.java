package dev.sluice.app.edge;

import dev.sluice.app.catalogue.CatalogueRow;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.host.HostedRun;
import dev.sluice.app.host.Runs;
import dev.sluice.app.inspect.Trees;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.ServerSettings.End;
import dev.sluice.app.submit.BadBundle;
import dev.sluice.app.submit.Bundle;
import dev.sluice.app.submit.Packing;
import dev.sluice.app.submit.Quota;
import dev.sluice.app.submit.Unpacked;
import dev.sluice.app.submit.Unpacking;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Takes what appears in a folder, each bundle exactly once. Taking is a rename into {@code
 * .taking/TOKEN}: from there on nobody else can take it, and what is left there after a crash is
 * gone on with. The token goes with the workflow into its run, so that a claim whose run was made
 * already finds it instead of making another.
 */
public final class DropFolder implements EndListener, AutoCloseable {
    /** In the working folder, which is moved as a whole when the run is made. */
    private static final String TOKEN_FILE = ".sluice/dropped";

    /** In a claim: from here on there may be a run of it. */
    private static final String BEGUN = ".begun";

    private static final DateTimeFormatter TOKEN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final Pattern BUNDLE =
            Pattern.compile(".+\\.(tar\\.gz|tgz|tar|zip|smk)|[Ss]nakefile");

    private final ServerSettings.DropFolder settings;
    private final Path folder;
    private final Runs runs;
    private final Quota quota;
    private final UnaryOperator<String> linkOf;
    private final Function<String, @Nullable CatalogueRow> rows;
    private final Consumer<String> log;
    private final InstantSource clock;
    private final FileChannel lock;

    /**
     * @param linkOf the address of a run's page
     * @param rows the catalogue's row of a run
     * @param log is told what went wrong, a line each
     * @throws UsageError where the folder cannot be used, or another server has it
     */
    public DropFolder(
            ServerSettings.DropFolder settings,
            Runs runs,
            Quota quota,
            UnaryOperator<String> linkOf,
            Function<String, @Nullable CatalogueRow> rows,
            Consumer<String> log,
            InstantSource clock) {
        this.settings = settings;
        this.folder = settings.folder().toAbsolutePath();
        this.runs = runs;
        this.quota = quota;
        this.linkOf = linkOf;
        this.rows = rows;
        this.log = log;
        this.clock = clock;
        try {
            for (Path each : List.of(folder, taking(), taken(), refused())) {
                Files.createDirectories(each);
            }
            this.lock = lock(folder);
        } catch (IOException e) {
            throw new UsageError("the drop folder " + folder + " cannot be used: " + e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another server of this process.
        }
        channel.close();
        throw new UsageError("another server takes from the drop folder " + folder);
    }

    Path folder() {
        return folder;
    }

    /** Whether it is something for us, and lies still. */
    boolean isSettled(Path path) {
        try {
            return Settled.isForUs(path.getFileName().toString())
                    && Settled.since(path, clock.instant().minusSeconds(settings.settleSeconds()));
        } catch (IOException e) {
            log.accept("the drop folder's " + path.getFileName() + " cannot be looked at: " + e);
            return false;
        }
    }

    /** Takes all folders that lie still, and goes on with what is taken and not submitted yet. */
    synchronized void look() throws IOException {
        for (Claim claim : claims()) {
            goOn(claim);
        }
        for (Path each : children(folder)) {
            if (Files.isDirectory(each) && isSettled(each)) {
                take(each);
            }
        }
    }

    /** Takes what lies at {@code path}; nothing where it is gone. */
    synchronized void take(Path path) throws IOException {
        Path home = newClaim();
        try {
            Path bundle = home.resolve(path.getFileName());
            Files.move(path, bundle);
            goOn(new Claim(home, bundle));
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(home);
        }
    }

    /** Waits for nobody: whoever tells of ends must not wait for runs that are being made. */
    @Override
    public void ended(HostedRun run, CatalogueRow row) throws IOException {
        String prefix = run.id() + "-";
        for (Path bundle : children(taken())) {
            String taken = bundle.getFileName().toString();
            if (!taken.startsWith(prefix)) {
                continue;
            }
            String name = taken.substring(prefix.length());
            // By then it may speak of a later bundle of the same name, or be cleared away.
            if (run.id().equals(DropResult.runOf(DropResult.path(folder, name)))) {
                tell(name, run, row);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            log.accept("the drop folder's lock was not let go: " + e);
        }
    }

    /** What was taken; its bundle may have been moved on before a crash. */
    private record Claim(Path home, @Nullable Path bundle) {
        String token() {
            return home.getFileName().toString();
        }
    }

    /** Does what is left to do; may be called again at any point where it broke off. */
    private void goOn(Claim claim) throws IOException {
        try {
            HostedRun run = Files.exists(claim.home().resolve(BEGUN)) ? runOf(claim.token()) : null;
            Path bundle = claim.bundle();
            if (run == null && bundle != null) {
                run = submit(claim, bundle);
            }
            if (run != null && bundle != null) {
                String name = bundle.getFileName().toString();
                tell(name, run, rows.apply(run.id()));
                Files.move(bundle, taken().resolve(run.id() + "-" + name));
                tellIfEnded(name, run);
            }
            Trees.delete(claim.home());
        } catch (BadBundle bad) {
            refuse(claim, bad);
        } catch (Runs.Refused refusal) {
            switch (refusal.why()) {
                case BAD_WORDS ->
                        refuse(
                                claim,
                                new BadBundle(
                                        422,
                                        "The run cannot be begun",
                                        String.valueOf(refusal.getMessage()),
                                        null));
                case NOT_NOW -> {
                    // Stays claimed; each look tries again.
                }
            }
        } catch (IOException | UncheckedIOException e) {
            log.accept("what was dropped as " + claim.bundle() + " waits: " + e);
        }
    }

    private HostedRun submit(Claim claim, Path bundle) throws IOException {
        Path work = runs.incoming();
        try {
            String name = bundle.getFileName().toString();
            Unpacked unpacked =
                    Files.isDirectory(bundle) ? copy(bundle, work) : unpack(bundle, name, work);
            Files.createDirectories(work.resolve(TOKEN_FILE).getParent());
            WholeFile.write(work.resolve(TOKEN_FILE), claim.token() + "\n");
            WholeFile.write(claim.home().resolve(BEGUN), "");
            return runs.accept(
                    settings.owner(), plain(name), settings.words(), work, unpacked.bytes());
        } finally {
            Trees.delete(work);
        }
    }

    /** Any text could be a Snakefile; here its name has to say that it is meant to be one. */
    private Unpacked unpack(Path bundle, String name, Path work) throws IOException {
        if (!BUNDLE.matcher(name).matches()) {
            throw new BadBundle(
                    415,
                    "Not a bundle",
                    "`" + name + "` is neither an archive nor a Snakefile by its name",
                    "drop a .tar.gz, a .zip, a folder, or a file called Snakefile or *.smk");
        }
        return Unpacking.unpack(bundle, name, work, quota);
    }

    /** By the rules of an upload: what is left out there is left out here. */
    private Unpacked copy(Path bundle, Path work) throws IOException {
        Path packed = runs.incoming();
        try {
            Bundle chosen = Packing.of(bundle);
            if (chosen.bytes() > quota.unpackedBytes()) {
                throw new BadBundle(
                        413,
                        "The folder is too large",
                        "it has more than " + quota.unpackedBytes() + " bytes",
                        null);
            }
            Path archive = packed.resolve("folder.tar.gz");
            try (var out = Files.newOutputStream(archive)) {
                chosen.writeTo(out, _ -> {});
            }
            return Unpacking.unpack(archive, "folder.tar.gz", work, quota);
        } catch (UsageError e) {
            throw new BadBundle(422, "The folder cannot be packed", e.text(), e.hint());
        } finally {
            Trees.delete(packed);
        }
    }

    private void refuse(Claim claim, BadBundle bad) throws IOException {
        Path bundle = claim.bundle();
        if (bundle != null) {
            String name = bundle.getFileName().toString();
            Path now = refused().resolve(claim.token() + "-" + name);
            DropResult.refused(folder, name, bad, now);
            Files.move(bundle, now);
            log.accept("the drop folder's " + name + " was refused: " + bad.detail());
        }
        Trees.delete(claim.home());
    }

    private @Nullable HostedRun runOf(String token) throws IOException {
        for (HostedRun run : runs.list()) {
            Path file = run.workdir().resolve(TOKEN_FILE);
            if (Files.exists(file) && Files.readString(file).strip().equals(token)) {
                return run;
            }
        }
        return null;
    }

    /**
     * @param row null where the catalogue does not have it yet
     */
    private void tell(String name, HostedRun run, @Nullable CatalogueRow row) throws IOException {
        DropResult.write(
                folder,
                name,
                json -> {
                    json.writeStringField("run", run.id());
                    json.writeStringField("url", linkOf.apply(run.id()));
                    json.writeStringField("state", row == null ? "planning" : row.state());
                    if (row != null) {
                        json.writeNumberField("done", row.done());
                        json.writeNumberField("total", row.total());
                        json.writeNumberField("failures", row.failures());
                        if (row.ended() >= 0) {
                            json.writeStringField(
                                    "ended", Instant.ofEpochMilli(row.ended()).toString());
                        }
                    }
                });
    }

    /** Its end may have been told before its bundle was where {@link #ended} looks for it. */
    private void tellIfEnded(String name, HostedRun run) throws IOException {
        CatalogueRow row = rows.apply(run.id());
        if (row != null && End.of(row.state()) != null) {
            tell(name, run, row);
        }
    }

    private List<Claim> claims() throws IOException {
        var claims = new ArrayList<Claim>();
        for (Path home : children(taking())) {
            Path bundle = null;
            for (Path each : children(home)) {
                if (!each.getFileName().toString().startsWith(".")) {
                    bundle = each;
                }
            }
            claims.add(new Claim(home, bundle));
        }
        return claims;
    }

    private Path newClaim() throws IOException {
        return Files.createTempDirectory(taking(), TOKEN.format(clock.instant()) + "-");
    }

    /** The run's name: the bundle's without what says its kind. */
    private static String plain(String name) {
        for (String end : List.of(".tar.gz", ".tgz", ".zip", ".smk")) {
            if (name.endsWith(end) && name.length() > end.length()) {
                return name.substring(0, name.length() - end.length());
            }
        }
        return name;
    }

    private Path taking() {
        return folder.resolve(".taking");
    }

    private Path taken() {
        return folder.resolve(".taken");
    }

    private Path refused() {
        return folder.resolve(".refused");
    }

    private static List<Path> children(Path folder) throws IOException {
        var children = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            all.forEach(children::add);
        }
        children.sort(null);
        return children;
    }
}
