package dev.sluice.engine.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class LiveObjectsTest {
    private static Value live(int handle) {
        return new Value.Opaque("C", "<C>", "<C>", null, handle);
    }

    @Test
    void findsThemInListsTuplesSetsAndDicts() {
        Value map = new Value.MapOf(List.of(new Value.Entry(live(1), live(2))));
        Value set = new Value.SetOf(List.of(live(3)), true);
        Value list = new Value.ListOf(List.of(new Value.Int(7), map, set));
        assertThat(LiveObjects.handles(List.of(new Value.TupleOf(List.of(list)), live(4))))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void passesOverThoseThatAreNotAliveAnyMore() {
        assertThat(LiveObjects.handles(List.of(live(-1), new Value.Text("x")))).isEmpty();
    }
}
