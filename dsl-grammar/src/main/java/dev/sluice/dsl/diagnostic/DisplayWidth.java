package dev.sluice.dsl.diagnostic;

/** How many cells of a terminal a character takes. */
final class DisplayWidth {
    static final String TAB = "    ";

    private DisplayWidth() {}

    static int of(int codePoint) {
        if (codePoint == '\t') {
            return TAB.length();
        }
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(codePoint) ? 2 : 1;
        };
    }

    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** The text as it is shown: tabs as spaces, control characters as their pictures. */
    static String shown(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        c -> {
                            if (c == '\t') {
                                shown.append(TAB);
                            } else if (c < ' ') {
                                shown.appendCodePoint(0x2400 + c);
                            } else if (c == 0x7f) {
                                shown.appendCodePoint(0x2421);
                            } else {
                                shown.appendCodePoint(c);
                            }
                        });
        return shown.toString();
    }

    /** East Asian wide and full-width characters, and pictographs. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0x303e)
                || (c >= 0x3041 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1f64f)
                || (c >= 0x1f680 && c <= 0x1f6ff)
                || (c >= 0x1f900 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
    }
}
