package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.http.Redirect;
import dev.freshet.client.resume.IdStore;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.codec.EventStreamParser;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The rules of Reactive Streams, checked by their own kit, whose tests are run here one by one. */
class FlowRulesTest {

    /** No attempt follows a line that is too long. */
    private static final String TOO_LONG = ":too long\n";

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
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            Assumptions.assumeFalse(e.getCause() instanceof SkipException, String.valueOf(e.getCause()));
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

        /** The first event is that the stream is open, the last that it is closed. */
        @Override
        public Flow.Publisher<StreamEvent> createFlowPublisher(long elements) {
            if (elements == 0) {
                throw new SkipException("a stream tells its end at least");
            }
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
            if (elements == 1) {
                return Answer.status(404);
            }
            return elements > 10_000
                    ? Answer.stream().sendForEver(":\n".repeat(1000).getBytes(UTF_8), new AtomicLong())
                    : Answer.stream().send(":\n".repeat((int) elements - 2)).send(TOO_LONG);
        }

        private StreamOptions options(Answer answer) {
            ScriptedEventServer server = ScriptedEventServer.start(answer);
            servers.add(server);
            return Quick.options(server)
                    .withLimits(new StreamLimits(
                            StreamLimits.STANDARD.openTimeout(),
                            Optional.empty(),
                            Redirect.MAX_IN_A_ROW,
                            new EventStreamParser.Limits(TOO_LONG.length() - 2, 1)));
        }
    }
}
