package dev.sluice.app.rest;

import org.jspecify.annotations.Nullable;

/**
 * Why a request gets no other answer, for the user; becomes {@code application/problem+json}. Never
 * carries a trace.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final @Nullable String hint;
    private final @Nullable String allow;

    /**
     * @param title a few words, the same for all problems of a kind
     * @param detail what is wrong with this request
     */
    public Problem(int status, String title, String detail, @Nullable String hint) {
        this(status, title, detail, hint, null);
    }

    private Problem(
            int status,
            String title,
            String detail,
            @Nullable String hint,
            @Nullable String allow) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.hint = hint;
        this.allow = allow;
    }

    static Problem badRequest(String detail, @Nullable String hint) {
        return new Problem(400, "Bad request", detail, hint);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail, null);
    }

    static Problem conflict(String detail, @Nullable String hint) {
        return new Problem(409, "Not now", detail, hint);
    }

    static Problem busy(String detail) {
        return new Problem(503, "Too busy", detail, "try it again in a moment");
    }

    static Problem unprocessable(String detail, @Nullable String hint) {
        return new Problem(422, "Cannot be done", detail, hint);
    }

    /**
     * @param allow the methods there are, as the header names them
     */
    static Problem notAllowed(String method, String allow) {
        return new Problem(
                405, "Method not allowed", method + " is not possible here", null, allow);
    }

    /**
     * @param id under which the server's log has more
     */
    static Problem ours(String id) {
        return new Problem(
                500,
                "Server error",
                "something went wrong in the server",
                "its log says more under " + id);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public @Nullable String hint() {
        return hint;
    }

    /** The methods that are possible, where another was asked for. */
    @Nullable String allow() {
        return allow;
    }
}
