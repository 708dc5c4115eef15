package dev.freshet.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a redirect leads (RFC 9110 15.4, Fetch 4.4). Pure. */
public final class Redirect {

    /** So many are followed one after the other, as in Fetch. */
    public static final int MAX_IN_A_ROW = 20;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    /** What another origin must not see, whoever gave it. */
    private static final Set<String> SECRETS = Set.of("authorization", "cookie", "proxy-authorization");
    /** What describes a body, and goes with it. */
    private static final Set<String> OF_BODY =
            Set.of("content-type", "content-encoding", "content-language", "content-location");
    /** Bytes that URIs may not hold as they are, but that servers send and browsers take. */
    private static final String UNSAFE = " \"<>\\^`{|}";
    /** In a host they enclose an address, elsewhere they are unsafe too. */
    private static final String BRACKETS = "[]";

    private static final Pattern UP_TO_PATH = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");

    private Redirect() {}

    /**
     * Whether a status is a redirect that is followed.
     *
     * @param status the status
     * @return true for 301, 302, 303, 307 and 308
     */
    public static boolean is(int status) {
        return STATUSES.contains(status);
    }

    /**
     * The request that follows a redirect.
     *
     * <p>After 303, and after 301 and 302 to a POST, it is a GET without body. What authorizes the request at one origin is
     * not shown to another.
     *
     * @param request what was redirected
     * @param head its answer
     * @param secrets names of the headers that another origin must not see, besides {@code Authorization}, {@code Cookie}
     *     and {@code Proxy-Authorization}
     * @return the next request; empty if the answer names no place that may be gone to: none, one that is no URI of HTTP, or
     *     one that leaves TLS
     */
    public static Optional<ClientRequest> follow(ClientRequest request, ResponseHead head, Set<String> secrets) {
        return head.header("Location")
                .flatMap(location -> target(request.uri(), location))
                .filter(target -> isAllowed(request.uri(), target))
                .map(target -> moved(request, head.status(), target, secrets));
    }

    private static boolean isAllowed(URI from, URI to) {
        try {
            return Origin.of(to).isSecure() || !Origin.of(from).isSecure();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ClientRequest moved(ClientRequest request, int status, URI target, Set<String> secrets) {
        boolean becomesGet = (status == 303 && !request.method().equals("HEAD"))
                || (status <= 302 && request.method().equals("POST"));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        if (!Origin.of(request.uri()).equals(Origin.of(target))) {
            SECRETS.forEach(headers::remove);
            secrets.forEach(headers::remove);
        }
        if (!becomesGet) {
            return new ClientRequest(request.method(), target, headers, request.body());
        }
        OF_BODY.forEach(headers::remove);
        return new ClientRequest("GET", target, headers, ByteBuffer.allocate(0));
    }

    static Optional<URI> target(URI base, String location) {
        String reference = location.strip();
        try {
            return reference.isEmpty() ? Optional.empty() : Optional.of(resolve(base, new URI(escaped(reference))));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The JDK resolves a reference that is a query alone as RFC 2396 did, dropping the last segment of the path. */
    private static URI resolve(URI base, URI reference) throws URISyntaxException {
        String text = reference.toString();
        if (!text.startsWith("?")) {
            return base.resolve(reference);
        }
        String path = base.getRawPath();
        return new URI(base.getScheme() + "://" + base.getRawAuthority() + path + text);
    }

    /** Each character of a header stands for one byte. */
    private static String escaped(String location) {
        Matcher place = UP_TO_PATH.matcher(location);
        int path = place.lookingAt() ? place.end() : 0;
        StringBuilder text = new StringBuilder(location.length());
        for (int i = 0; i < location.length(); i++) {
            char c = location.charAt(i);
            boolean isSafe = c > 0x1F && c < 0x7F && UNSAFE.indexOf(c) < 0 && (i < path || BRACKETS.indexOf(c) < 0);
            text.append(isSafe ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return text.toString();
    }
}
