package dev.sluice.engine.python;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** How the helper greets: which protocol, which Python. */
record Hello(int protocol, String python, String executable) {
    static final int PROTOCOL = 1;

    static Hello read(JsonParser json) throws IOException {
        var read =
                new Object() {
                    int protocol;
                    String python = "";
                    String executable = "";
                };
        Json.fields(
                json,
                name -> {
                    switch (name) {
                        case "protocol" -> read.protocol = json.getIntValue();
                        case "python" -> read.python = Json.text(json);
                        case "executable" -> read.executable = Json.text(json);
                        default -> {}
                    }
                });
        return new Hello(read.protocol, read.python, read.executable);
    }
}
