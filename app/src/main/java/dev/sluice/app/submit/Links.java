package dev.sluice.app.submit;

import dev.sluice.app.submit.Tree.Node;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Where symbolic links lead, walked part by part as a kernel would, over a tree that need not exist
 * yet. The same judgement when packing and when unpacking.
 */
final class Links {
    private static final int MOST_HOPS = 40;
    private static final int LONGEST = 4095;

    private Links() {}

    /** What stands at a path, without following a link there; null for nothing. */
    interface Lookup {
        @Nullable Node at(String path);
    }

    /**
     * What is wrong with a link, as words that follow its name; null where it stays inside.
     *
     * @param link its path, with real folders above it
     */
    static @Nullable String problem(String link, String target, Lookup tree) {
        if (target.isEmpty() || target.length() > LONGEST || target.indexOf('\0') >= 0) {
            return "has no usable target";
        }
        List<String> at = new ArrayList<>(EntryName.parts(EntryName.parent(link)));
        Deque<String> ahead = new ArrayDeque<>();
        if (!follow(target, ahead)) {
            return "leads to the absolute path " + Words.quoted(target);
        }
        int hops = 1;
        while (!ahead.isEmpty()) {
            String part = ahead.pop();
            if (part.equals("..")) {
                if (at.isEmpty()) {
                    return "leads out of the folder, to " + Words.quoted(target);
                }
                // Behind a file or nothing, what `..` means would be settled later, by others.
                if (!(tree.at(String.join("/", at)) instanceof Node.Folder)) {
                    return "goes up from what is no folder, to " + Words.quoted(target);
                }
                at.removeLast();
                continue;
            }
            if (EntryName.isReserved(part)) {
                return "leads into " + Words.quoted(part);
            }
            at.add(part);
            if (tree.at(String.join("/", at)) instanceof Node.Link(String next)) {
                at.removeLast();
                if (++hops > MOST_HOPS) {
                    return "leads in a circle";
                }
                if (!follow(next, ahead)) {
                    return "leads to the absolute path " + Words.quoted(next);
                }
            }
        }
        return null;
    }

    /** Puts the parts of a target before what is still to go; false for an absolute one. */
    private static boolean follow(String target, Deque<String> ahead) {
        if (target.startsWith("/")) {
            return false;
        }
        EntryName.parts(target).reversed().forEach(ahead::push);
        return true;
    }

    /** Throws for the first link of the tree that does not stay inside. */
    static void check(Tree tree, Lookup where) {
        tree.links()
                .forEach(
                        (link, target) -> {
                            String wrong = problem(link, target, where);
                            if (wrong != null) {
                                throw BadBundle.refused(
                                        "A link leaves the bundle",
                                        "the link " + Words.quoted(link) + " " + wrong,
                                        "pack what it points to instead of the link (`tar -h`)");
                            }
                        });
    }
}
