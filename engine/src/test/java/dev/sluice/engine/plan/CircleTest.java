package dev.sluice.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircleTest {
    @Test
    void leavesOutTheWayThatLeadsIntoTheCircle() {
        int[] next = {1, 2, 3, 1};

        assertThat(Circle.from(0, at -> next[at])).containsExactly(1, 2, 3);
        assertThat(Circle.from(2, at -> next[at])).containsExactly(2, 3, 1);
    }

    @Test
    void isTheStartAloneWhereTheWayEnds() {
        assertThat(Circle.from(5, at -> at < 8 ? at + 1 : -1)).containsExactly(5);
    }

    @Test
    void aCircleOfHundredsOfThousandsIsFollowedToo() {
        int length = 300_000;

        assertThat(Circle.from(0, at -> (at + 1) % length)).hasSize(length);
    }
}
