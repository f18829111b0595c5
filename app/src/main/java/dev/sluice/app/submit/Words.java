package dev.sluice.app.submit;

import java.util.Locale;

/** Names out of uploads and amounts, as they may stand in a message. */
final class Words {
    private static final int LONGEST = 200;

    private Words() {}

    /** A stranger's text: cut, and without anything that could steer a terminal. */
    static String safe(String text) {
        var safe = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> safe.append(shown(c)));
        return text.codePointCount(0, text.length()) > LONGEST ? safe + "…" : safe.toString();
    }

    private static String shown(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                ? String.format(Locale.ROOT, "\\u%04x", c)
                : Character.toString(c);
    }

    static String quoted(String name) {
        return "`" + safe(name) + "`";
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= 1024 && unit < 3) {
            amount /= 1024;
            unit++;
        }
        String number = String.format(Locale.ROOT, amount < 10 ? "%.1f" : "%.0f", amount);
        return number + " " + "KMGT".charAt(unit) + "iB";
    }
}
