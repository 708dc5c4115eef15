package dev.freshet.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineQueueTest {
    private final LineQueue queue = new LineQueue(3, 100);

    @Test
    void givesAllThatIsThereAndThenTheEnd() throws Exception {
        queue.put("a");
        queue.put("b");
        queue.end();
        assertThat(queue.take()).containsExactly("a", "b");
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void makesTheReaderWaitWhileThereAreTooManyLines() throws Exception {
        List.of("a", "b", "c").forEach(this::put);
        Thread reader = putLater("d");
        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(queue.take()).containsExactly("a", "b", "c");
        assertThat(queue.take()).containsExactly("d");
    }

    @Test
    void makesTheReaderWaitWhileThereIsTooMuchTextButTakesOneLineOfAnyLength() throws Exception {
        queue.put("x".repeat(1000));
        Thread reader = putLater("d");
        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(queue.take()).containsExactly("x".repeat(1000));
        assertThat(queue.take()).containsExactly("d");
    }

    @Test
    void tellsThatReadingFailedAfterAllThatWasRead() throws Exception {
        queue.put("a");
        queue.fail(new IOException("unplugged"));
        queue.end();
        assertThat(queue.take()).containsExactly("a");
        assertThatThrownBy(queue::take).isInstanceOf(IOException.class).hasMessage("unplugged");
    }

    private Thread putLater(String line) {
        Thread reader = new Thread(() -> put(line));
        reader.start();
        return reader;
    }

    private void put(String line) {
        try {
            queue.put(line);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
