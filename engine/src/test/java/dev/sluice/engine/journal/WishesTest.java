package dev.sluice.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.schedule.Key;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

class WishesTest {
    @TempDir Path workdir;

    private RunFolder run;
    private Wishes engine;

    @BeforeEach
    void aRun() {
        run = RunFolder.create(workdir, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
        engine = new Wishes(run);
    }

    @Test
    void whatOneProcessLeavesAnotherTakesOnce() {
        new Wishes(run).leave(new Wish.CancelRun());
        new Wishes(run).leave(new Wish.CancelTask(new Key("0123abcd")));
        new Wishes(run).leave(new Wish.RetryTask(new Key("4567cdef")));
        assertThat(engine.take())
                .containsExactlyInAnyOrder(
                        new Wish.CancelRun(),
                        new Wish.CancelTask(new Key("0123abcd")),
                        new Wish.RetryTask(new Key("4567cdef")));
        assertThat(engine.take()).isEmpty();
        assertThat(engine.troubles()).isEmpty();
    }

    @Test
    void nothingStaysOnDiskWhenAllIsTaken() {
        assertThat(engine.take()).isEmpty();
        new Wishes(run).leave(new Wish.CancelRun());
        assertThat(folder()).isDirectory();
        engine.take();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void damagedAndUnknownWishesAreDroppedWithAWord() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("1"), "cancel-task\n0123");
        Files.writeString(folder().resolve("2"), "paint-it-blue\n.\n");
        Files.write(folder().resolve("3"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.writeString(folder().resolve("4"), "");
        new Wishes(run).leave(new Wish.CancelRun());
        assertThat(engine.take()).containsExactly(new Wish.CancelRun());
        assertThat(engine.troubles()).hasSize(4).allMatch(word -> word.contains("dropped"));
        assertThat(engine.troubles()).isEmpty();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aWishThatIsBeingWrittenIsLeftAloneUntilItIsWhole() throws IOException {
        Files.createDirectories(folder());
        Path underWay = folder().resolve(".5");
        Files.writeString(underWay, "cancel-r", StandardCharsets.UTF_8);
        assertThat(engine.take()).isEmpty();
        assertThat(engine.troubles()).isEmpty();
        Files.writeString(underWay, "cancel-run\n.\n");
        Files.move(underWay, folder().resolve("5"));
        assertThat(engine.take()).containsExactly(new Wish.CancelRun());
    }

    @Test
    void wishesOfAnEarlierEngineAreDropped() throws IOException {
        new Wishes(run).leave(new Wish.CancelRun());
        Files.writeString(folder().resolve(".half"), "can");
        engine.discardAll();
        assertThat(folder()).doesNotExist();
        assertThat(engine.take()).isEmpty();
        engine.discardAll();
    }

    @Test
    void noWishIsLostWhileTheEngineTakesTheFolderAway() throws InterruptedException {
        int count = 500;
        var begun = new CountDownLatch(1);
        Thread leaver =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    var wishes = new Wishes(run);
                                    begun.countDown();
                                    IntStream.range(0, count).forEach(i -> wishes.leave(task(i)));
                                });
        begun.await();
        List<Wish> taken = new ArrayList<>();
        while (leaver.isAlive()) {
            taken.addAll(engine.take());
        }
        taken.addAll(engine.take());
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(WishesTest::task).toList());
    }

    @Test
    void aRunWhoseFolderIsGoneCannotBeTold() throws IOException {
        Files.delete(run.logs());
        Files.delete(run.path());
        assertThatThrownBy(() -> new Wishes(run).leave(new Wish.CancelRun()))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(run.path()).doesNotExist();
    }

    private static Wish task(int i) {
        return new Wish.CancelTask(new Key("task-" + i));
    }

    private Path folder() {
        return run.path().resolve("wishes");
    }
}
