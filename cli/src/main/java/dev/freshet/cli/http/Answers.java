package dev.freshet.cli.http;

import java.net.http.HttpHeaders;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the answers of a hub mean to its clients. Pure. */
public final class Answers {
    private static final Set<Integer> TEMPORARY = Set.of(408, 429, 502, 503, 504);
    private static final long MAX_RETRY_AFTER_S = 60;
    private static final int MAX_QUOTED = 300;

    private Answers() {}

    /**
     * Whether the same request may succeed later.
     *
     * @param status a status code
     * @return true if it is worth another attempt
     */
    public static boolean isTemporary(int status) {
        return TEMPORARY.contains(status);
    }

    /**
     * How long the server asks to wait ({@code Retry-After} in seconds, RFC 9110 10.2.3).
     *
     * @param headers the answer's headers
     * @return milliseconds, at most a minute; 0 if the server does not say, or names a date
     */
    public static long retryAfterMs(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Math.min(Long.parseLong(text), MAX_RETRY_AFTER_S) * 1000)
                .orElse(0L);
    }

    /**
     * Puts a refusal in words.
     *
     * @param server who answered
     * @param status the status code
     * @param body the body: an RFC 9457 problem, or anything else
     * @return one line: the problem's detail, or the beginning of the body
     */
    public static String refusal(HubUrl server, int status, String body) {
        String detail = detail(body);
        return server + " answered " + status + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static String detail(String body) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            return problem.path("detail").asString(problem.path("title").asString(""));
        } catch (JacksonException e) {
            String line = body.strip().replaceAll("\\s+", " ");
            return line.length() > MAX_QUOTED ? line.substring(0, MAX_QUOTED) + ".." : line;
        }
    }
}
