package dev.sluice.app.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class RunServerOnceTest {
    @Test
    void asksForThePythonOfBlocksBeforeABlockWaits() {
        var asked = new ArrayList<String>();
        var once =
                new RunServerOnce(
                        () -> {
                            asked.add(Thread.currentThread().getName());
                            return List.of("python3");
                        });
        assertThat(once.ask()).isEqualTo(once.get());
        assertThat(asked).hasSize(1);
    }
}
