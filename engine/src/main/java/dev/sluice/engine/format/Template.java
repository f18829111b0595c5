package dev.sluice.engine.format;

import java.util.ArrayList;
import java.util.List;

/** The parts of a format string, split as Python splits them. */
record Template(List<Part> parts) {

    sealed interface Part {}

    record Literal(String text) implements Part {}

    /**
     * {@code {name.attribute[key]!conversion:spec}}; {@code conversion} is 0 where there is none.
     */
    record Field(String name, List<Step> steps, char conversion, String spec, int offset)
            implements Part {}

    /** {@code .name}, or {@code [name]}, or {@code [index]} where all of it is digits. */
    record Step(boolean attribute, String name, int index) {
        boolean isIndex() {
            return index >= 0;
        }
    }

    /** A template that Python would refuse. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;

        Malformed(String message, int offset) {
            super(message);
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    static Template parse(String text) throws Malformed {
        return new Reader(text).read();
    }

    private static final class Reader {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private int at;

        Reader(String text) {
            this.text = text;
        }

        Template read() throws Malformed {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c != '{' && c != '}') {
                    literal.append(c);
                    at++;
                } else if (at + 1 < text.length() && text.charAt(at + 1) == c) {
                    literal.append(c);
                    at += 2;
                } else if (c == '}' || at + 1 == text.length()) {
                    throw new Malformed("Single '" + c + "' encountered in format string", at);
                } else {
                    flush();
                    field();
                }
            }
            flush();
            return new Template(List.copyOf(parts));
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        private void field() throws Malformed {
            int brace = at;
            int nameEnd = nameEnd(brace);
            String name = text.substring(brace + 1, nameEnd);
            char stop = text.charAt(nameEnd);
            at = nameEnd + 1;
            char conversion = 0;
            if (stop == '!') {
                conversion = conversion(brace);
                stop = at < text.length() ? text.charAt(at++) : '}';
                if (stop != '}' && stop != ':') {
                    throw new Malformed("expected ':' after conversion specifier", at - 1);
                }
            }
            String spec = stop == ':' ? spec(brace) : "";
            parts.add(FieldName.read(name, conversion, spec, brace));
        }

        private int nameEnd(int brace) throws Malformed {
            int i = brace + 1;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '{') {
                    throw new Malformed("unexpected '{' in field name", i);
                }
                if (c == '}' || c == ':' || c == '!') {
                    return i;
                }
                if (c == '[') {
                    int close = text.indexOf(']', i);
                    i = close < 0 ? text.length() : close;
                }
                i++;
            }
            throw new Malformed("expected '}' before end of string", brace);
        }

        private char conversion(int brace) throws Malformed {
            if (at >= text.length()) {
                throw new Malformed("end of string while looking for conversion specifier", brace);
            }
            return text.charAt(at++);
        }

        /** Braces inside nest. */
        private String spec(int brace) throws Malformed {
            int start = at;
            int open = 1;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '{') {
                    open++;
                } else if (c == '}') {
                    open--;
                    if (open == 0) {
                        return text.substring(start, at - 1);
                    }
                }
            }
            throw new Malformed("unmatched '{' in format spec", brace);
        }
    }

    /** Takes a field's name apart. */
    private static final class FieldName {
        private FieldName() {}

        static Field read(String name, char conversion, String spec, int offset) throws Malformed {
            int first = firstEnd(name);
            List<Step> steps = new ArrayList<>();
            int at = first;
            while (at < name.length()) {
                int end;
                if (name.charAt(at) == '.') {
                    end = attributeEnd(name, at + 1);
                    steps.add(new Step(true, nonEmpty(name.substring(at + 1, end), offset), -1));
                } else if (name.charAt(at) == '[') {
                    int close = name.indexOf(']', at);
                    if (close < 0) {
                        throw new Malformed("Missing ']' in format string", offset);
                    }
                    String key = nonEmpty(name.substring(at + 1, close), offset);
                    steps.add(new Step(false, key, index(key)));
                    end = close + 1;
                } else {
                    throw new Malformed(
                            "Only '.' or '[' may follow ']' in format field specifier", offset);
                }
                at = end;
            }
            return new Field(
                    name.substring(0, first), List.copyOf(steps), conversion, spec, offset);
        }

        private static int firstEnd(String name) {
            int i = 0;
            while (i < name.length() && name.charAt(i) != '.' && name.charAt(i) != '[') {
                i++;
            }
            return i;
        }

        private static int attributeEnd(String name, int from) {
            int i = from;
            while (i < name.length() && name.charAt(i) != '.' && name.charAt(i) != '[') {
                i++;
            }
            return i;
        }

        private static String nonEmpty(String name, int offset) throws Malformed {
            if (name.isEmpty()) {
                throw new Malformed("Empty attribute in format string", offset);
            }
            return name;
        }

        private static int index(String key) {
            boolean digits = key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? Integer.parseInt(key) : -1;
        }
    }
}
