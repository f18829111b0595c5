package dev.sluice.app.rest;

import dev.sluice.app.access.Principal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What an operation is asked, free of any HTTP library.
 *
 * @param path the path's parameters by name, decoded
 * @param body as sent; empty where there is none or where it came in parts
 */
@SuppressWarnings("ArrayRecordComponent") // Lives as long as one request; never compared.
record Request(
        Principal principal,
        SequencedMap<String, String> path,
        Query query,
        byte[] body,
        Parts parts) {
    Request {
        path = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(path));
    }

    String run() {
        return parameter("run");
    }

    String job() {
        return parameter("job");
    }

    String parameter(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the path has no {" + name + "}");
        }
        return value;
    }

    Words words() {
        return Words.of(body);
    }
}
