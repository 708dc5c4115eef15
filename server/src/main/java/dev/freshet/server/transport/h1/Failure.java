package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.route.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a handler that throws: a problem is the answer, anything else is logged and answered with 500. */
final class Failure {
    private static final Logger LOG = LoggerFactory.getLogger("dev.freshet.server");

    private Failure() {}

    static void answering(HttpExchange exchange, Handler handler) {
        try {
            handler.handle(exchange);
        } catch (ProblemException e) {
            if (exchange.isAnswered()) {
                fail(exchange, e);
            } else {
                exchange.respond(e.response());
            }
        } catch (RuntimeException | Error e) {
            fail(exchange, e);
        }
    }

    private static void fail(HttpExchange exchange, Throwable cause) {
        LOG.error("{} failed{}", exchange.request(), trace(cause));
        if (exchange.isAnswered()) {
            exchange.abort();
        } else {
            exchange.respond(Problem.internalError().response());
        }
    }

    /** Types and places, but no messages: they may quote what the client sent. */
    private static String trace(Throwable cause) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = cause; t != null && text.length() < 16_384; t = t.getCause()) {
            text.append(text.isEmpty() ? ": " : "\ncaused by ")
                    .append(t.getClass().getName());
            for (StackTraceElement place : t.getStackTrace()) {
                text.append("\n    at ").append(place);
            }
        }
        return text.toString();
    }
}
