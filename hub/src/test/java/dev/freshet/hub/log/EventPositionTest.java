package dev.freshet.hub.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPositionTest {
    @Test
    void aPositionIsWrittenAndReadInBase36() {
        EventPosition position = new EventPosition("k7f2", 71);

        assertThat(position.id()).isEqualTo("k7f2-1z");
        assertThat(EventPosition.parse("k7f2-1z")).contains(position);
        assertThat(EventPosition.parse("0-0")).contains(new EventPosition("0", 0));
        assertThat(EventPosition.parse("zzzzzzzzzzzzz-zzzzzzzzzzzz")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "k7f2",
                "k7f2-",
                "-1",
                "K7F2-1",
                "k7f2-1-2",
                "k7f2--1",
                "k7f2-+1",
                " k7f2-1",
                "k7f2-1\n",
                "zzzzzzzzzzzzzz-1",
                "k-zzzzzzzzzzzzz",
                "k-\u0661"
            })
    void whatIsNoPositionIsNotTakenForOne(String id) {
        assertThat(EventPosition.parse(id)).isEmpty();
    }

    @Test
    void aPositionHasAnEpochAndAnOffset() {
        assertThatThrownBy(() -> new EventPosition("", 1)).hasMessageContaining("epoch: ");
        assertThatThrownBy(() -> new EventPosition("A", 1)).hasMessageContaining("epoch: A");
        assertThatThrownBy(() -> new EventPosition("a", -1)).hasMessageContaining("offset: -1");
    }
}
