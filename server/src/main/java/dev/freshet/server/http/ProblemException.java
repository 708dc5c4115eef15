package dev.freshet.server.http;

import java.util.Objects;

/**
 * Ends the handling of a request with a {@link Problem}. It is an answer, not a fault: it carries no stack trace and is not
 * logged.
 */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final transient Headers headers;

    /**
     * An answer that is the problem alone.
     *
     * @param problem what went wrong
     */
    public ProblemException(Problem problem) {
        this(problem, Headers.empty());
    }

    /**
     * An answer with further header fields, such as {@code Allow} or {@code Retry-After}.
     *
     * @param problem what went wrong
     * @param headers the fields to add to the answer
     */
    public ProblemException(Problem problem, Headers headers) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = Objects.requireNonNull(headers);
    }

    /**
     * What went wrong.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }

    /**
     * Header fields of the answer.
     *
     * @return the fields, often none
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The answer that tells the problem.
     *
     * @return a response in {@code application/problem+json}
     */
    public Response response() {
        return problem.response().with(headers);
    }
}
