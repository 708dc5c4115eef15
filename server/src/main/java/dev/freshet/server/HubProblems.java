package dev.freshet.server;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.hub.topic.InvalidTopicException;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Handler;
import java.util.concurrent.CompletionException;

/** The one place where what the hub refuses becomes an answer. Pure. */
final class HubProblems {
    private static final Headers SOON = Headers.of("Retry-After", "1");

    private HubProblems() {}

    /** Lets a handler throw what the hub throws. */
    static Handler explain(Handler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (InvalidTopicException | InvalidPublicationException | AppendRefusedException e) {
                throw problem(e);
            }
        };
    }

    /** Returns the answer to a request that failed later. */
    static Response response(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return problem(cause).response();
    }

    private static ProblemException problem(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        if (cause instanceof InvalidTopicException) {
            return badRequest("invalid-topic", "Invalid topic", cause);
        }
        if (cause instanceof InvalidPublicationException) {
            return badRequest("invalid-event", "Invalid event", cause);
        }
        return cause instanceof AppendRefusedException refused
                ? refusal(refused)
                : Problem.internalError().asException();
    }

    private static ProblemException refusal(AppendRefusedException refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case QUEUE_FULL ->
                new ProblemException(Problem.of(503, "queue-full", "The log's queue is full", detail), SOON);
            case CLOSED ->
                new ProblemException(Problem.of(503, "shutting-down", "The hub is shutting down", detail), SOON);
            case STORAGE_FULL ->
                new ProblemException(Problem.of(507, "storage-full", "No room for the log", detail), SOON);
            case STORAGE_FAILED ->
                new ProblemException(Problem.of(503, "storage-failed", "The log cannot be written", detail), SOON);
            case TOO_LARGE ->
                Problem.of(413, "batch-too-large", "Batch too large", detail).asException();
            case KEY_REUSED ->
                Problem.of(422, "idempotency-key-reused", "Idempotency key reused", detail)
                        .asException();
            case RESERVED_ID -> badRequest("invalid-event", "Invalid event", refused);
        };
    }

    private static ProblemException badRequest(String slug, String title, Throwable cause) {
        return Problem.of(400, slug, title, String.valueOf(cause.getMessage())).asException();
    }
}
