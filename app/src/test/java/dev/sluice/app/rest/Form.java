package dev.sluice.app.rest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body, part by part. */
final class Form {
    private static final String BOUNDARY = "----of-a-test";

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Form text(String name, String value) {
        head(name, "");
        write(value + "\r\n");
        return this;
    }

    Form file(String name, String fileName, byte[] content) {
        head(name, "; filename=\"" + fileName + "\"\r\nContent-Type: application/octet-stream");
        body.writeBytes(content);
        write("\r\n");
        return this;
    }

    Form file(String name, String fileName, String content) {
        return file(name, fileName, content.getBytes(StandardCharsets.UTF_8));
    }

    String type() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }

    private void head(String name, String more) {
        write("--" + BOUNDARY + "\r\n");
        write("Content-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n");
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
