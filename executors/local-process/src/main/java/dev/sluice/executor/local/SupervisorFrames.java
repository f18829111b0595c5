package dev.sluice.executor.local;

import dev.sluice.engine.execute.Environment;
import dev.sluice.engine.execute.ProcessSpec;
import dev.sluice.engine.execute.Work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests to the supervisor as bytes: a length, then fields with a NUL between them. An
 * environment is sent once and named by number from then on. Not thread-safe.
 */
final class SupervisorFrames {
    private static final byte[] NOTHING = {};

    private final Map<Environment, byte[]> environments = new HashMap<>();
    private byte[] bytes = new byte[8192];
    private int size;
    private int frame;
    private Environment lastEnvironment = Environment.UNCHANGED;
    private byte[] lastEnvironmentId = NOTHING;

    void spawn(ProcessSpec process) {
        byte[] environment = environment(process.environment());
        switch (process.work()) {
            case Work.Command(List<String> argv) -> {
                begin("spawn");
                head(process, environment);
                argv.forEach(this::field);
            }
            case Work.PythonRun(String request) -> {
                begin("run");
                head(process, environment);
                field(request);
            }
        }
        end();
    }

    private void head(ProcessSpec process, byte[] environment) {
        field(process.name());
        field(environment);
        field(process.folder());
        field(process.logFile());
        field(options(process));
    }

    private static String options(ProcessSpec process) {
        if (process.after().isEmpty()
                && process.partners().isEmpty()
                && !process.service()
                && !process.sampled()
                && process.awaited().isEmpty()) {
            return "";
        }
        StringBuilder options = new StringBuilder();
        if (!process.after().isEmpty()) {
            options.append("after=").append(String.join(",", process.after())).append(' ');
        }
        if (!process.partners().isEmpty()) {
            options.append("with=").append(String.join(",", process.partners())).append(' ');
        }
        if (process.service()) {
            options.append("service ");
        }
        if (process.sampled()) {
            options.append("sample ");
        }
        for (String path : process.awaited()) {
            // Options have spaces between them.
            options.append("file=")
                    .append(path.replace("%", "%25").replace(" ", "%20"))
                    .append(' ');
        }
        return options.toString();
    }

    // Comparing every variable for every job would cost more than all the rest of its frame.
    @SuppressWarnings("ReferenceEquality")
    private byte[] environment(Environment environment) {
        if (environment == lastEnvironment) {
            return lastEnvironmentId;
        }
        byte[] id = environment.changes().isEmpty() ? NOTHING : environments.get(environment);
        if (id == null) {
            id = Integer.toString(environments.size() + 1).getBytes(StandardCharsets.US_ASCII);
            environments.put(environment, id);
            begin("env");
            field(id);
            environment
                    .changes()
                    .forEach(
                            (name, value) ->
                                    field(value == null ? "-" + name : name + "=" + value));
            end();
        }
        lastEnvironment = environment;
        lastEnvironmentId = id;
        return id;
    }

    /** The environment that all changes are changes of: the engine's own, as the system gave it. */
    void base(List<byte[]> entries) {
        begin("base");
        entries.forEach(this::field);
        end();
    }

    /** How the run server is started. */
    void server(List<String> argv) {
        begin("server");
        argv.forEach(this::field);
        end();
    }

    /** What became of these? */
    void adopt(Collection<String> processes) {
        begin("adopt");
        processes.forEach(this::field);
        end();
    }

    /** A request whose fields are plain words. */
    void words(String... words) {
        begin(words[0]);
        for (int i = 1; i < words.length; i++) {
            field(words[i]);
        }
        end();
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What was collected since the last call. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(bytes, 0, size);
        if (size > 1 << 20) {
            bytes = new byte[8192];
        } else {
            taken = ByteBuffer.wrap(Arrays.copyOf(bytes, size));
        }
        size = 0;
        return taken;
    }

    private void begin(String word) {
        frame = size;
        room(4);
        size += 4;
        write(NativeText.bytes(word));
    }

    private void field(String text) {
        field(NativeText.bytes(text));
    }

    private void field(byte[] text) {
        room(1);
        bytes[size++] = 0;
        write(text);
    }

    private void write(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    private void end() {
        ByteBuffer.wrap(bytes).putInt(frame, size - frame - 4);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
