package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.resume.IdStore;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.Test;

/** The rules of Reactive Streams, checked by their own kit, whose tests are run here one by one. */
class FlowRulesTest {

    private static final String EMPTY_STREAM = "optional_spec105_emptyStreamMustTerminateBySignallingOnComplete";

    /** What cannot be checked here, and why; whatever else the kit passes over is a failure. */
    private static final Map<String, String> PASSED_OVER =
            Map.of(EMPTY_STREAM, "no stream is empty: it tells its end at least");

    private final List<ScriptedEventServer> servers = new ArrayList<>();

    @AfterEach
    void closeServers() {
        servers.forEach(ScriptedEventServer::close);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                // The kit names so what it cannot check.
                .filter(method -> !method.getName().startsWith("untested_"))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method)));
    }

    private void run(Method rule) throws Throwable {
        String reason = PASSED_OVER.get(rule.getName());
        Assumptions.assumeTrue(reason == null, reason);
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            closeServers();
            servers.clear();
        }
    }

    private final class Verification extends FlowPublisherVerification<StreamEvent> {

        Verification() {
            super(new TestEnvironment(2000, 50, 20, false));
        }

        /**
         * The first event is that the stream is open, the last that it is closed. None is asked for by rules of the subscription,
         * which do not look at events.
         */
        @Override
        public Flow.Publisher<StreamEvent> createFlowPublisher(long elements) {
            return EventSource.publisher(options(answer(elements)));
        }

        @Override
        public Flow.Publisher<StreamEvent> createFailedFlowPublisher() {
            StreamOptions options = options(Answer.status(404));
            return EventSource.publisher(options.withIdStore(new IdStore() {
                @Override
                public String load() throws IOException {
                    throw new IOException("cannot be read");
                }

                @Override
                public void store(String id) {}
            }));
        }

        private static Answer answer(long elements) {
            if (elements <= 1) {
                return Answer.status(404);
            }
            return elements > 10_000
                    ? Answer.stream().sendForEver(":\n".repeat(1000).getBytes(UTF_8), new AtomicLong())
                    : Answer.stream().send(":\n".repeat((int) elements - 2)).end();
        }

        /** Whoever may not even wait for the shortest time makes no second attempt. */
        private StreamOptions options(Answer answer) {
            ScriptedEventServer server = ScriptedEventServer.start(answer);
            servers.add(server);
            return Quick.options(server).withRetry(Quick.POLICY.withBudget(Duration.ofMillis(1)));
        }
    }
}
