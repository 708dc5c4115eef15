package dev.freshet.cli.publish;

import dev.freshet.cli.http.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Publishes lines in their order, each as one event.
 *
 * <pre>
 *   input --- reading thread ---&gt; LineQueue (at most 1,000 lines, 1 Mi characters) --- caller's thread ---&gt; one request at a time
 * </pre>
 *
 * <p>While a request is under way the queue fills, and the next request takes all of it: a lone line is sent at once, and
 * many lines go in few requests. A full queue stops the reading, so that a slow or absent hub costs no memory.
 */
public final class LinePublisher {
    private static final int MAX_LINES = 1000;
    private static final int MAX_CHARS = 1 << 20;
    /** A quarter of what an event may have: bytes that are not UTF-8 grow to three times as many. */
    private static final int MAX_LINE_BYTES = 256 * 1024;

    private final Publisher publisher;
    private final String jsonUpToData;
    private final PrintStream err;

    /**
     * Creates a publisher of lines.
     *
     * @param publisher sends the batches
     * @param topics the topics of all events, at least one
     * @param options what else is said of each event; without an id
     * @param err where lines that are too long are told of
     */
    public LinePublisher(Publisher publisher, List<String> topics, EventOptions options, PrintStream err) {
        this.publisher = publisher;
        this.jsonUpToData = options.jsonUpToData(topics);
        this.err = err;
    }

    /**
     * Publishes to the end of the input. Blocks.
     *
     * @param in the lines, in UTF-8; read by another thread
     * @param answers takes the hub's answer to each batch, a JSON object
     * @throws IOException if the input cannot be read; what was read before is published
     * @throws dev.freshet.cli.http.RequestFailedException if the hub refused a batch
     * @throws InterruptedException if the thread was interrupted
     */
    public void publishAll(InputStream in, Consumer<String> answers) throws IOException, InterruptedException {
        LineQueue queue = new LineQueue(MAX_LINES, MAX_CHARS);
        Thread reader = new Thread(() -> read(in, queue), "freshet-lines");
        reader.setDaemon(true);
        reader.start();
        for (List<String> lines = queue.take(); !lines.isEmpty(); lines = queue.take()) {
            answers.accept(publisher.publishBatch(batch(lines)));
        }
    }

    private void read(InputStream in, LineQueue queue) {
        try {
            new LineSplitter(MAX_LINE_BYTES, new ToQueue(queue)).readAll(in);
        } catch (IOException e) {
            queue.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.end();
        }
    }

    private byte[] batch(List<String> lines) {
        StringBuilder out = new StringBuilder();
        for (String line : lines) {
            JsonText.appendString(out.append(jsonUpToData), line);
            out.append("}\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private final class ToQueue implements LineSplitter.Handler {
        private final LineQueue queue;

        private ToQueue(LineQueue queue) {
            this.queue = queue;
        }

        @Override
        public void onLine(String line) throws InterruptedException {
            queue.put(line);
        }

        @Override
        public void onCut(int maxLineBytes) {
            err.println("freshet: a line has more than " + maxLineBytes + " bytes; published in pieces");
        }
    }
}
