package dev.sluice.app.serve;

import dev.sluice.app.access.Tokens;
import dev.sluice.app.console.UsageError;
import dev.sluice.app.options.Arguments;
import dev.sluice.app.options.Numbers;
import dev.sluice.app.options.Option;
import dev.sluice.app.options.OptionTable;
import dev.sluice.app.settings.ServerSettings;
import dev.sluice.app.settings.SettingsFile;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What {@code sluice serve} is told, read and checked.
 *
 * @param port 0: any that is free
 * @param tokens null where whoever reaches the server may use it
 */
record ServeOptions(
        String host,
        int port,
        Path data,
        int cores,
        @Nullable Tokens tokens,
        ServerSettings settings) {
    static final int PORT = 8745;

    static final OptionTable TABLE =
            new OptionTable(
                    "serve",
                    List.of(
                            value("host", "HOST", "the address to listen on (default: 127.0.0.1)"),
                            value("port", "N", "the port (default: " + PORT + "; 0: a free one)"),
                            value("data", "DIR", "where runs and the catalogue lie"),
                            value("cores", "N", "cores for all runs together (default: all)"),
                            value("token-file", "FILE", "who may use it: lines OWNER TOKEN"),
                            value("settings", "FILE", "notifications, retention, quotas"),
                            value("drop", "DIR", "submit what appears in this folder")));

    private static Option value(String key, String metavar, String help) {
        return new Option(
                List.of("--" + key),
                Option.Arity.ONE,
                metavar,
                Option.Section.EXECUTION,
                Option.Support.BUILT,
                help,
                List.of());
    }

    static ServeOptions of(Arguments given, Path folder, Map<String, String> environment) {
        if (!given.targets().isEmpty()) {
            throw new UsageError(
                    "sluice serve takes no words but options, not " + given.targets().getFirst(),
                    "workflows are submitted to it: `sluice submit DIR --server URL`");
        }
        String host = given.last("host", "127.0.0.1");
        String tokenFile = given.last("token-file");
        if (host.isBlank()) {
            throw new UsageError("--host expects an address, such as 127.0.0.1");
        }
        Tokens tokens = tokenFile == null ? null : Tokens.read(folder.resolve(tokenFile));
        if (tokens == null && !isLoopback(host)) {
            throw new UsageError(
                    "without --token-file a server listens on this machine only, not on " + host,
                    "whoever reaches it can run programs here; see docs/security.md");
        }
        String settingsFile = given.last("settings");
        ServerSettings settings =
                settingsFile == null
                        ? ServerSettings.DEFAULTS
                        : SettingsFile.read(folder.resolve(settingsFile));
        String drop = given.last("drop");
        if (drop != null) {
            settings = settings.withDrop(folder.resolve(drop));
        }
        return new ServeOptions(
                host,
                port(given.last("port")),
                data(given.last("data"), folder, environment),
                cores(given.last("cores")),
                tokens,
                settings);
    }

    private static int port(@Nullable String word) {
        int port = word == null ? PORT : Numbers.atLeast(0, "port", word);
        if (port > 65_535) {
            throw new UsageError("there is no port " + port, "0 to 65535");
        }
        return port;
    }

    private static int cores(@Nullable String word) {
        return word == null || word.equals("all")
                ? Runtime.getRuntime().availableProcessors()
                : Numbers.atLeast(1, "cores", word);
    }

    private static Path data(@Nullable String word, Path folder, Map<String, String> environment) {
        if (word != null) {
            return folder.resolve(word).normalize();
        }
        String base = environment.getOrDefault("XDG_DATA_HOME", "");
        return base.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".local/share/sluice")
                : Path.of(base, "sluice");
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new UsageError("cannot listen on " + host + ": no such host");
        }
    }
}
