package dev.freshet.server.guard;

import dev.freshet.server.http.Problem;
import dev.freshet.server.http.route.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers only requests for hosts that the hub goes by (RFC 9110, 7.4). Immutable.
 *
 * <p>A page of any site can have its own name point at this machine once it is loaded (DNS rebinding); to the browser the
 * hub is then of the page's origin, and the page may read and publish. The name in {@code Host} gives it away. An address
 * cannot be pointed elsewhere, so IP literals pass, as {@code localhost} does.
 */
public final class HostPolicy {
    /** Answers for every host. */
    public static final HostPolicy ANY = new HostPolicy(Set.of("*"));

    private static final Pattern OWN =
            Pattern.compile("(.+\\.)?localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Pattern NAME =
            Pattern.compile("\\*|[^\\s:/?#@*]+|\\[.+]|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

    private final Set<String> names;

    private HostPolicy(Set<String> names) {
        this.names = names;
    }

    /**
     * Answers for {@code localhost}, its subdomains and IP literals, and for the given names.
     *
     * @param names further names without ports, or {@code *} for all
     * @return the policy
     * @throws IllegalArgumentException if one of them is not a host's name
     */
    public static HostPolicy only(List<String> names) {
        return names.stream().reduce(new HostPolicy(Set.of()), HostPolicy::and, (a, b) -> b);
    }

    /**
     * This policy with one more name.
     *
     * @param name a name without a port, or {@code *} for all
     * @return the policy that answers for it too
     * @throws IllegalArgumentException if it is not a host's name
     */
    public HostPolicy and(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "http.hosts: " + name + " (expected: a name without scheme and port, such as hub.example, or *)");
        }
        Set<String> more = new TreeSet<>(names);
        more.add(plain(name));
        return new HostPolicy(more);
    }

    /**
     * Guards a handler.
     *
     * @param handler the handler
     * @return one that refuses requests for other hosts with 421
     */
    public Handler guard(Handler handler) {
        return exchange -> {
            exchange.request().headers().first("Host").ifPresent(this::require);
            handler.handle(exchange);
        };
    }

    private void require(String host) {
        String name = plain(PORT.matcher(host).replaceFirst(""));
        if (!names.contains("*") && !names.contains(name) && !OWN.matcher(name).matches()) {
            String detail =
                    "Host: " + host + " (expected: localhost, an IP address, or one of the configured http.hosts)";
            throw Problem.of(421, "unknown-host", "Unknown host", detail).asException();
        }
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
