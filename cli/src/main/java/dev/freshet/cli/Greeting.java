package dev.freshet.cli;

import java.net.URI;

/**
 * What a server says when it is ready. Immutable.
 *
 * @param version its version
 * @param address where it answers
 * @param history where its events are, in one line
 */
record Greeting(String version, URI address, String history) {

    String text() {
        String events = address + "/events/hello";
        return String.join(
                "\n",
                "freshet " + version + " is ready at " + address,
                history,
                "",
                "Subscribe:",
                "  curl -N " + events,
                "Publish:",
                "  curl -d 'Hello, world' " + events,
                isSecure() ? "A certificate that no known authority has signed needs --cacert FILE there.\n" : "",
                "");
    }

    private boolean isSecure() {
        return address.getScheme().equals("https");
    }
}
