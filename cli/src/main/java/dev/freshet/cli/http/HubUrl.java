package dev.freshet.cli.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a hub answers. Immutable.
 *
 * @param base its http or https URL, without a slash at its end; it may have a path
 */
public record HubUrl(URI base) {
    private static final String EXPECTED = " (expected: a URL such as http://127.0.0.1:8080)";

    /**
     * Reads a URL.
     *
     * @param text the URL; slashes at its end do not matter
     * @return the place
     * @throws IllegalArgumentException if it is no http or https URL, names no host, has a query or a fragment, or is the
     *     place of the events rather than of the hub: a topic would be put behind it
     */
    public static HubUrl parse(String text) {
        URI uri = uri(text);
        boolean isHttp = uri.getScheme() != null
                && uri.getScheme().toLowerCase(Locale.ROOT).matches("https?");
        if (!isHttp || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("server: " + text + EXPECTED);
        }
        if (uri.getPath().endsWith("/events")) {
            throw new IllegalArgumentException("server: " + text + " (expected: the hub's address, without /events)");
        }
        return new HubUrl(uri);
    }

    /**
     * The place of the events of one topic.
     *
     * @param topic a topic or, to subscribe, a template
     * @param query what else the request says
     * @return the URL, the topic percent-encoded in its path
     */
    public URI topic(String topic, Query query) {
        return URI.create(base + "/events/" + PercentEncoder.path(topic) + query);
    }

    /**
     * The place of all events.
     *
     * @param query what the request says, topics among it
     * @return the URL
     */
    public URI events(Query query) {
        return URI.create(base + "/events" + query);
    }

    @Override
    public String toString() {
        return base.toString();
    }

    private static URI uri(String text) {
        try {
            return new URI(text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("server: " + text + EXPECTED, e);
        }
    }
}
