package dev.freshet.hub.testing.contract;

import static dev.freshet.hub.testing.contract.Batches.batch;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many that append at once. */
public interface CrowdContract extends LogContract {
    @Test
    default void keepsTheOrderOfEachPublisherAndBatchesTogetherWhenManyAppendAtOnce() throws Exception {
        int publishers = 6;
        int batchesEach = 300;
        Window window =
                new Window(new WindowLimits(publishers * batchesEach * 3, 8 << 20, 1 << 16), EventEncoding.PLAIN);
        StartedLog log = started(window, () -> {});
        CyclicBarrier begin = new CyclicBarrier(publishers);
        List<Map<String, String>> acknowledged = new ArrayList<>();
        List<Thread> threads = IntStream.range(0, publishers)
                .mapToObj(publisher -> {
                    Map<String, String> mine = new HashMap<>();
                    acknowledged.add(mine);
                    return new Thread(() -> publish(log, begin, publisher, batchesEach, mine));
                })
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(30_000);
        }

        List<String> texts = log.texts();
        assertThat(texts).hasSize(publishers * batchesEach * 3);
        assertThat(inOrder(texts, publishers)).isTrue();
        Set<String> logged = new HashSet<>(texts);
        acknowledged.forEach(mine -> {
            assertThat(mine).hasSize(batchesEach * 3);
            mine.forEach((data, id) -> assertThat(logged).contains("id: " + id + "\ndata: " + data + "\n\n"));
        });
    }

    private static void publish(
            StartedLog log, CyclicBarrier begin, int publisher, int batches, Map<String, String> acknowledged) {
        try {
            begin.await(10, SECONDS);
            for (int i = 0; i < batches; i++) {
                String[] data = {publisher + " " + i * 3, publisher + " " + (i * 3 + 1), publisher + " " + (i * 3 + 2)};
                List<String> ids = log.append(batch("t", data)).ids();
                for (int k = 0; k < data.length; k++) {
                    acknowledged.put(data[k], ids.get(k));
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean inOrder(List<String> texts, int publishers) {
        int[] next = new int[publishers];
        int last = -1;
        for (String text : texts) {
            String[] data = text.substring(text.indexOf("data: ") + 6).strip().split(" ");
            int publisher = Integer.parseInt(data[0]);
            int number = Integer.parseInt(data[1]);
            boolean isInsideBatch = number % 3 > 0;
            if (number != next[publisher]++ || isInsideBatch && publisher != last) {
                return false;
            }
            last = publisher;
        }
        return true;
    }
}
