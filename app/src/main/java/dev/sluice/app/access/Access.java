package dev.sluice.app.access;

/** Decides what a principal may do. Asked before every act; holds no state of requests. */
@FunctionalInterface
public interface Access {
    /**
     * @param owner of the run; for {@link Action#SUBMIT} the owner that it is to have
     */
    boolean may(Principal principal, Action action, String owner);

    /** Without logins: whoever reaches the server may do everything. */
    Access OPEN = (principal, action, owner) -> true;
}
