package dev.freshet.client.publish;

import dev.freshet.client.http.ResponseHead;
import dev.freshet.client.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A publish that failed for good. What was published is in doubt only if the reason says so. */
public final class PublishException extends RuntimeException {

    /** Why a publish failed. */
    public enum Reason {
        /**
         * The hub refused it, and no earlier attempt can have been published. {@link #problem()} says what was wrong.
         */
        REFUSED,
        /** Too many publishes wait already; nothing was sent. */
        QUEUE_FULL,
        /** The publisher was closed before the answer; it may have been published if it was being sent. */
        CLOSED,
        /**
         * No answer came although it was tried as long as the policy allows, or a refusal came after an attempt without
         * one: it may have been published. 502 and 504 count as no answer, since a proxy says them that heard none.
         */
        NO_ANSWER,
        /** The headers of the request could not be had; nothing was sent on the last attempt. */
        NO_HEADERS,
        /**
         * A redirect to nowhere, out of TLS, one too many, or one after which a POST becomes a GET (301, 302, 303); nothing
         * was published by the last attempt.
         */
        BAD_REDIRECT,
        /** The answer is not one of a hub's; is the address right? It may have been published. */
        BAD_ANSWER
    }

    /**
     * What the hub says about an error (RFC 9457). Immutable.
     *
     * @param status the status of HTTP
     * @param type the stable name of the problem; {@code about:blank} if the answer names none
     * @param detail what was wrong and what was expected; may be empty
     * @param line in a batch, the number of the line that is wrong, from 1
     */
    public record Problem(int status, String type, String detail, OptionalInt line) {

        static Problem of(ResponseHead head, JsonObject body) {
            return new Problem(
                    head.status(),
                    body.string("type").orElse("about:blank"),
                    body.string("detail").or(() -> body.string("title")).orElse(""),
                    body.number("line"));
        }

        static Problem of(ResponseHead head) {
            return new Problem(head.status(), "about:blank", "", OptionalInt.empty());
        }
    }

    private final Reason reason;
    private final transient @Nullable Problem problem;

    private PublishException(Reason reason, String message, @Nullable Problem problem, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.problem = problem;
    }

    static PublishException of(Reason reason, String message) {
        return new PublishException(reason, message, null, null);
    }

    static PublishException of(Reason reason, String message, Throwable cause) {
        return new PublishException(reason, message, null, cause);
    }

    static PublishException refused(Problem problem) {
        return new PublishException(
                Reason.REFUSED, problem.status() + " " + problem.type() + " " + problem.detail(), problem, null);
    }

    /** This failure of the last attempt, where an earlier one may have been published. */
    PublishException inDoubt() {
        return reason == Reason.REFUSED
                ? new PublishException(
                        Reason.NO_ANSWER,
                        "an attempt without an answer; the last attempt: " + getMessage(),
                        problem,
                        this)
                : this;
    }

    /**
     * Why the publish failed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * What the hub says.
     *
     * @return there if the hub refused the publish, or its last attempt
     */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
