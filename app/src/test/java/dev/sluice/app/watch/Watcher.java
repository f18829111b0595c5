package dev.sluice.app.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What a page knows of a run: a snapshot, and the deltas that came since. */
final class Watcher {
    String seq = "";
    private List<?> executors = List.of();
    private List<?> rules = List.of();
    private final TreeMap<Long, List<Object>> rows = new TreeMap<>();
    private final TreeMap<Long, List<Object>> earlier = new TreeMap<>();
    private Map<?, ?> head = Map.of();

    void load(byte[] snapshot) {
        var bytes = ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[4];
        bytes.get(magic);
        if (!"SLU1".equals(new String(magic, StandardCharsets.US_ASCII))) {
            throw new IllegalArgumentException("no snapshot");
        }
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        Map<?, ?> header = parse(new String(text, StandardCharsets.UTF_8));
        seq = require(String.class, header, "seq");
        rules = list(header, "rules");
        executors = list(header, "executors");
        head = require(Map.class, header, "head");
        int count = Math.toIntExact(require(Long.class, header, "rows"));
        long[][] columns = {
            u8(bytes, count),
            u8(bytes, count),
            u8(bytes, count),
            u16(bytes, count),
            u32(bytes, count),
            u32(bytes, count),
            u32(bytes, count)
        };
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
        }
        rows.clear();
        earlier.clear();
        for (int row = 0; row < count; row++) {
            var values = new ArrayList<Object>();
            for (long[] column : columns) {
                values.add(column[row]);
            }
            rows.put((long) row, values);
        }
        addEarlier(list(header, "earlier"));
    }

    void apply(String json) {
        Map<?, ?> delta = parse(json);
        List<?> changed = list(delta, "rows");
        for (int i = 0; i < changed.size(); i++) {
            Long row = (Long) changed.get(i);
            var values = new ArrayList<Object>();
            for (String column : List.of("state", "executor", "attempts")) {
                values.add(list(delta, column).get(i));
            }
            Object rule =
                    delta.containsKey("rule")
                            ? list(delta, "rule").get(i)
                            : Objects.requireNonNull(rows.get(row)).get(3);
            values.add(rule);
            for (String column : List.of("started", "running", "ended")) {
                values.add(list(delta, column).get(i));
            }
            rows.put(row, values);
            earlier.remove(row);
        }
        addEarlier(list(delta, "earlier"));
        if (delta.get("executors") != null) {
            executors = list(delta, "executors");
        }
        head = require(Map.class, delta, "head");
        seq = require(String.class, delta, "seq");
    }

    /** All of it, to be compared. */
    String text() {
        return seq + "\n" + rules + "\n" + executors + "\n" + rows + "\n" + earlier + "\n" + head;
    }

    int size() {
        return rows.size();
    }

    long attempts(int row) {
        return (Long) Objects.requireNonNull(rows.get((long) row)).get(2);
    }

    long state(int row) {
        return (Long) Objects.requireNonNull(rows.get((long) row)).getFirst();
    }

    @Nullable Object head(String field) {
        return head.get(field);
    }

    private void addEarlier(List<?> attempts) {
        for (Object attempt : attempts) {
            Long row = (Long) ((List<?>) attempt).getFirst();
            earlier.computeIfAbsent(row, _ -> new ArrayList<>()).add(attempt);
        }
    }

    private static long[] u8(ByteBuffer bytes, int count) {
        var column = new long[count];
        for (int i = 0; i < count; i++) {
            column[i] = bytes.get() & 0xFF;
        }
        bytes.position((bytes.position() + 3) & ~3);
        return column;
    }

    private static long[] u16(ByteBuffer bytes, int count) {
        var column = new long[count];
        for (int i = 0; i < count; i++) {
            column[i] = bytes.getShort() & 0xFFFF;
        }
        bytes.position((bytes.position() + 3) & ~3);
        return column;
    }

    private static long[] u32(ByteBuffer bytes, int count) {
        var column = new long[count];
        for (int i = 0; i < count; i++) {
            column[i] = Integer.toUnsignedLong(bytes.getInt());
        }
        return column;
    }

    private static List<?> list(Map<?, ?> fields, String name) {
        return require(List.class, fields, name);
    }

    private static <T> T require(Class<T> type, Map<?, ?> fields, String name) {
        return type.cast(Objects.requireNonNull(fields.get(name), name));
    }

    static Map<?, ?> parse(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            return (Map<?, ?>) value(json);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                SequencedMap<String, Object> fields = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String field = json.currentName();
                    json.nextToken();
                    fields.put(field, value(json));
                }
                yield fields;
            }
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> json.getText();
        };
    }
}
