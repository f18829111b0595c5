package dev.sluice.engine.execute;

/** How a process ended. */
public sealed interface Exit {
    record Code(int code) implements Exit {}

    record Signal(int number) implements Exit {}

    /** It could not be started at all. */
    record NotStarted(String why) implements Exit {}

    /** A service that was told to end because nobody needs it any more. */
    record Stopped() implements Exit {}

    default boolean succeeded() {
        return switch (this) {
            case Code(int code) -> code == 0;
            case Stopped() -> true;
            case Signal signal -> false;
            case NotStarted notStarted -> false;
        };
    }
}
