package dev.sluice.app.access;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Tells requests that a page of another site caused in the browser of somebody who can reach the
 * server: a server without logins would otherwise run what any page on the web posts to it.
 */
public final class OtherSite {
    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");

    private OtherSite() {}

    /** Whether a request of this method changes nothing. */
    public static boolean isReading(String method) {
        return READING.contains(method);
    }

    /**
     * Whether another site asks for a change. The rest are headers, null where they are not sent.
     *
     * @param fetchSite {@code Sec-Fetch-Site}
     */
    public static boolean changes(
            String method,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String host) {
        if (isReading(method)) {
            return false;
        }
        boolean foreign =
                origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
        return foreign || "cross-site".equals(fetchSite);
    }
}
