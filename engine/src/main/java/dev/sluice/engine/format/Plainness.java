package dev.sluice.engine.format;

import dev.sluice.engine.value.Value;

import java.util.List;

/** Which values write themselves here exactly as they do in Python. */
final class Plainness {
    private Plainness() {}

    /** Whether {@code str()} and {@code repr()} are known, for what is inside, too. */
    static boolean isPlain(Value value) {
        return switch (value) {
            case Value.Nothing nothing -> true;
            case Value.Bool bool -> true;
            case Value.Int number -> true;
            case Value.Real number -> true;
            case Value.Text text -> true;
            case Value.Blob blob -> true;
            case Value.PathText path -> true;
            case Value.RangeOf range -> true;
            case Value.ListOf(List<Value> items) -> items.stream().allMatch(Plainness::isPlain);
            case Value.TupleOf(List<Value> items) -> items.stream().allMatch(Plainness::isPlain);
            case Value.MapOf(List<Value.Entry> entries) ->
                    entries.stream().allMatch(e -> isPlain(e.key()) && isPlain(e.value()));
            case Value.SetOf set ->
                    set.items().size() < 2 && set.items().stream().allMatch(Plainness::isPlain);
            case Value.Scalar scalar -> false;
            case Value.Opaque opaque -> isNumber(opaque);
        };
    }

    private static boolean isNumber(Value.Opaque opaque) {
        return opaque.handle() < 0
                && (opaque.type().equals("int") || opaque.type().equals("complex"));
    }

    /** Whether {@code str()} is known; the inside of a numpy number then does not show. */
    static boolean hasKnownStr(Value value) {
        if (value instanceof Value.Scalar(String type, Value inner)) {
            return switch (type) {
                case "numpy.int8",
                        "numpy.int16",
                        "numpy.int32",
                        "numpy.int64",
                        "numpy.uint8",
                        "numpy.uint16",
                        "numpy.uint32",
                        "numpy.uint64",
                        "numpy.float64",
                        "numpy.str_",
                        "numpy.bool",
                        "numpy.bool_" ->
                        isPlain(inner);
                default -> false;
            };
        }
        return isPlain(value);
    }
}
