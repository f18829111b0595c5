package dev.sluice.executor.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Text as the system takes it. Python hands over names that are not UTF-8 with each odd byte as a
 * lone half character from U+DC80 on; they go back to that byte here.
 */
final class NativeText {
    private NativeText() {}

    static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOddByte(text.charAt(i))
                    && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return bytesOneByOne(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytesOneByOne(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (point <= 0xFFFF && isOddByte((char) point)) {
                bytes.write(point - 0xDC00);
            } else {
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
            i += Character.charCount(point);
        }
        return bytes.toByteArray();
    }

    private static boolean isOddByte(char c) {
        return c >= 0xDC80 && c <= 0xDCFF;
    }
}
