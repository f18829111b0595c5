package dev.sluice.app.rest;

import java.util.List;

/** Names of states as clients give them. */
final class States {
    private States() {}

    /**
     * @throws Problem where one is not known
     */
    static List<String> known(List<String> given, List<String> states) {
        for (String state : given) {
            if (!states.contains(state)) {
                throw Problem.badRequest(
                        "there is no state `" + state + "`",
                        "the states are " + String.join(", ", states));
            }
        }
        return given;
    }
}
