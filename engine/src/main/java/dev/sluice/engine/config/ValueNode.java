package dev.sluice.engine.config;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.sluice.engine.value.PythonRepr;
import dev.sluice.engine.value.Value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as the schema validator sees it. */
record ValueNode(Value value, String pointer) implements JsonNode {

    /** Makes nodes; texts are never parsed here. */
    static final class Factory implements JsonNodeFactory {
        @Override
        public JsonNode wrap(Object node) {
            if (node instanceof JsonNode already) {
                return already;
            }
            throw new IllegalArgumentException("not a node: " + node);
        }

        @Override
        public JsonNode create(String rawJson) {
            try {
                return new ValueNode(ConfigReader.readAny(rawJson), "");
            } catch (ConfigTrouble e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    @Override
    public String getJsonPointer() {
        return pointer;
    }

    @Override
    public SimpleType getNodeType() {
        return switch (value) {
            case Value.Nothing nothing -> SimpleType.NULL;
            case Value.Bool bool -> SimpleType.BOOLEAN;
            case Value.Int number -> SimpleType.INTEGER;
            case Value.Real(double number) ->
                    number == Math.rint(number) && Double.isFinite(number)
                            ? SimpleType.INTEGER
                            : SimpleType.NUMBER;
            case Value.Scalar(String type, Value inner) ->
                    new ValueNode(inner, pointer).getNodeType();
            case Value.ListOf list -> SimpleType.ARRAY;
            case Value.TupleOf tuple -> SimpleType.ARRAY;
            case Value.SetOf set -> SimpleType.ARRAY;
            case Value.MapOf map -> SimpleType.OBJECT;
            case Value.Opaque opaque ->
                    isBigInteger(opaque) ? SimpleType.INTEGER : SimpleType.STRING;
            case Value.Text text -> SimpleType.STRING;
            case Value.Blob blob -> SimpleType.STRING;
            case Value.PathText path -> SimpleType.STRING;
            case Value.RangeOf range -> SimpleType.STRING;
        };
    }

    private static boolean isBigInteger(Value.Opaque opaque) {
        return opaque.type().equals("int") && opaque.handle() < 0;
    }

    @Override
    public boolean asBoolean() {
        return value.equals(new Value.Bool(true));
    }

    @Override
    public String asString() {
        return PythonRepr.str(value);
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
        return switch (value) {
            case Value.Int(long number) -> BigDecimal.valueOf(number);
            case Value.Real(double number) ->
                    Double.isFinite(number) ? BigDecimal.valueOf(number) : BigDecimal.ZERO;
            case Value.Scalar(String type, Value inner) -> new ValueNode(inner, pointer).asNumber();
            default -> new BigDecimal(PythonRepr.str(value));
        };
    }

    @Override
    public List<JsonNode> asArray() {
        List<Value> items =
                switch (value) {
                    case Value.ListOf(List<Value> list) -> list;
                    case Value.TupleOf(List<Value> tuple) -> tuple;
                    case Value.SetOf(List<Value> set, boolean frozen) -> set;
                    default -> List.of();
                };
        List<JsonNode> nodes = new ArrayList<>(items.size());
        for (Value item : items) {
            nodes.add(new ValueNode(item, pointer + "/" + nodes.size()));
        }
        return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        if (value instanceof Value.MapOf(List<Value.Entry> entries)) {
            for (Value.Entry entry : entries) {
                String key = PythonRepr.str(entry.key());
                nodes.put(
                        key,
                        new ValueNode(
                                entry.value(), pointer + "/" + JsonNode.encodeJsonPointer(key)));
            }
        }
        return nodes;
    }
}
