package dev.freshet.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import dev.freshet.codec.EventStreamEncoder;
import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.ServerSentEventHttpMessageReader;
import reactor.core.publisher.Flux;

/**
 * A stream of 1 MB in pieces of 16 KB, events of 200 bytes each, read by this project's parser and by those of two other
 * clients. One operation is the whole stream, so operations per second are megabytes per second. Expected of ours: 400.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ClientParserBenchmark {
    private static final int PIECE_BYTES = 16 << 10;
    private static final int EVENTS = 5_000;

    private final byte[] stream = stream();

    /** Creates the state. */
    public ClientParserBenchmark() {}

    /**
     * Ours.
     *
     * @return the characters of all data
     */
    @Benchmark
    public long freshet() {
        Count count = new Count();
        EventStreamParser parser = new EventStreamParser(event -> count.add(event.data()));
        for (int at = 0; at < stream.length; at += PIECE_BYTES) {
            parser.feed(stream, at, Math.min(PIECE_BYTES, stream.length - at));
        }
        return count.checked();
    }

    /**
     * The one of LaunchDarkly, over a connection that is an array.
     *
     * @return the characters of all data
     * @throws StreamException never
     */
    @Benchmark
    public long okhttpEventSource() throws StreamException {
        Count count = new Count();
        try (EventSource source = new EventSource.Builder(new ArrayStrategy(stream)).build()) {
            for (int i = 0; i < EVENTS; i++) {
                MessageEvent message = source.readMessage();
                count.add(message.getData());
            }
        }
        return count.checked();
    }

    /**
     * The one of Spring.
     *
     * @return the characters of all data
     */
    @Benchmark
    public long spring() {
        Count count = new Count();
        new ServerSentEventHttpMessageReader()
                .read(
                        ResolvableType.forClassWithGenerics(
                                org.springframework.http.codec.ServerSentEvent.class, String.class),
                        new ArrayMessage(stream),
                        java.util.Map.of())
                .cast(org.springframework.http.codec.ServerSentEvent.class)
                .doOnNext(event -> count.add(String.valueOf(event.data())))
                .blockLast();
        return count.checked();
    }

    private static byte[] stream() {
        byte[] event = EventStreamEncoder.encode(
                ServerSentEvent.of("status", "x".repeat(162)).withId("k7f2abc-1z4"));
        if (event.length != 200) {
            throw new IllegalStateException("event: " + event.length + " bytes (expected: 200)");
        }
        return new String(event, US_ASCII).repeat(EVENTS).getBytes(US_ASCII);
    }

    /** Proves that each parser did the work. */
    private static final class Count {
        private int events;
        private long characters;

        void add(String data) {
            events++;
            characters += data.length();
        }

        long checked() {
            if (events != EVENTS) {
                throw new IllegalStateException("events: " + events + " (expected: " + EVENTS + ")");
            }
            return characters;
        }
    }

    /** A connection that gives the stream once. */
    private static final class ArrayStrategy extends ConnectStrategy {
        private final byte[] stream;

        ArrayStrategy(byte[] stream) {
            this.stream = stream;
        }

        @Override
        public Client createClient(com.launchdarkly.logging.LDLogger logger) {
            return new ArrayClient(stream);
        }
    }

    private static final class ArrayClient extends ConnectStrategy.Client {
        private final byte[] stream;

        ArrayClient(byte[] stream) {
            this.stream = stream;
        }

        @Override
        public Result connect(String lastEventId) {
            return new Result(new ByteArrayInputStream(stream), java.net.URI.create("http://localhost/"), () -> {});
        }

        @Override
        public boolean awaitClosed(long timeoutMillis) {
            return true;
        }

        @Override
        public java.net.URI getOrigin() {
            return java.net.URI.create("http://localhost/");
        }

        @Override
        public void close() {}
    }

    /** A response whose body comes in pieces. */
    private static final class ArrayMessage implements ReactiveHttpInputMessage {
        private final byte[] stream;

        ArrayMessage(byte[] stream) {
            this.stream = stream;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.range(0, (stream.length + PIECE_BYTES - 1) / PIECE_BYTES)
                    .map(this::piece);
        }

        @Override
        public org.springframework.http.HttpHeaders getHeaders() {
            org.springframework.http.HttpHeaders headers = new org.springframework.http.HttpHeaders();
            headers.setContentType(MediaType.TEXT_EVENT_STREAM);
            return headers;
        }

        private DataBuffer piece(int number) {
            int from = number * PIECE_BYTES;
            byte[] copy = java.util.Arrays.copyOfRange(stream, from, Math.min(from + PIECE_BYTES, stream.length));
            return DefaultDataBufferFactory.sharedInstance.wrap(copy);
        }
    }
}
