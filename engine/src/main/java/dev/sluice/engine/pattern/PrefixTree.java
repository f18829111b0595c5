package dev.sluice.engine.pattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Strings with values, asked for all that begin a given text (or end it, when reversed). A question
 * costs in proportion to the text, not to the number of strings.
 */
final class PrefixTree<V> {
    private final boolean reversed;
    private final Node<V> root = new Node<>("");

    PrefixTree(boolean reversed) {
        this.reversed = reversed;
    }

    /** Edges leave a node by their first characters, sorted. */
    private static final class Node<V> {
        private String edge;
        private List<Node<V>> children = new ArrayList<>();
        private @Nullable V value;

        Node(String edge) {
            this.edge = edge;
        }

        /**
         * The child whose edge begins with {@code c}, or -1 minus the place where it would stand.
         */
        int find(char c) {
            int low = 0;
            int high = children.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Character.compare(children.get(middle).edge.charAt(0), c);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -1 - low;
        }

        /** Cuts the edge after {@code length} characters; what hung below hangs below the rest. */
        void split(int length) {
            Node<V> rest = new Node<>(edge.substring(length));
            rest.children = children;
            rest.value = value;
            edge = edge.substring(0, length);
            children = new ArrayList<>(List.of(rest));
            value = null;
        }
    }

    @Nullable V get(String text) {
        return node(text).value;
    }

    void put(String text, V value) {
        node(text).value = value;
    }

    private Node<V> node(String text) {
        String word = reversed ? reverse(text) : text;
        Node<V> node = root;
        int at = 0;
        while (at < word.length()) {
            int index = node.find(word.charAt(at));
            if (index < 0) {
                Node<V> child = new Node<>(word.substring(at));
                node.children.add(-1 - index, child);
                return child;
            }
            node = node.children.get(index);
            int common = commonLength(node.edge, word, at);
            if (common < node.edge.length()) {
                node.split(common);
            }
            at += common;
        }
        return node;
    }

    /** By code unit, since {@code StringBuilder.reverse} would keep surrogate pairs in order. */
    private static String reverse(String text) {
        char[] chars = new char[text.length()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = text.charAt(chars.length - 1 - i);
        }
        return new String(chars);
    }

    private static int commonLength(String edge, String word, int from) {
        int limit = Math.min(edge.length(), word.length() - from);
        int length = 0;
        while (length < limit && edge.charAt(length) == word.charAt(from + length)) {
            length++;
        }
        return length;
    }

    /**
     * Hands over the values of all strings that {@code text} begins with (ends with, when
     * reversed).
     */
    void forEach(String text, Consumer<V> action) {
        Node<V> node = root;
        int at = 0;
        int length = text.length();
        while (true) {
            if (node.value != null) {
                action.accept(node.value);
            }
            if (at == length) {
                return;
            }
            int index = node.find(charAt(text, at));
            if (index < 0) {
                return;
            }
            node = node.children.get(index);
            if (!follows(text, at, node.edge)) {
                return;
            }
            at += node.edge.length();
        }
    }

    private boolean follows(String text, int at, String edge) {
        if (at + edge.length() > text.length()) {
            return false;
        }
        for (int i = 1; i < edge.length(); i++) {
            if (charAt(text, at + i) != edge.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private char charAt(String text, int at) {
        return text.charAt(reversed ? text.length() - 1 - at : at);
    }
}
