package dev.freshet.server.stream;

import dev.freshet.server.http.Headers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the header {@code Accept} (RFC 9110, 12.5.1), as far as one media type needs it. Pure. */
final class AcceptHeader {
    private static final Pattern ZERO = Pattern.compile("q=0(\\.0{0,3})?");

    private AcceptHeader() {}

    /** Tells whether a media type may be sent: the most specific range that names it has the last word. */
    static boolean allows(Headers headers, String type, String subtype) {
        String all = String.join(",", headers.all("Accept")).toLowerCase(Locale.ROOT);
        if (all.isBlank()) {
            return true;
        }
        return Stream.of(type + "/" + subtype, type + "/*", "*/*")
                .flatMap(range -> verdict(all, range).stream())
                .findFirst()
                .orElse(false);
    }

    private static Optional<Boolean> verdict(String all, String range) {
        return Stream.of(all.split(","))
                .map(member -> member.split(";"))
                .filter(parts -> parts[0].strip().equals(range))
                .map(parts -> !isZero(parts))
                .findFirst();
    }

    private static boolean isZero(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (ZERO.matcher(parts[i].strip()).matches()) {
                return true;
            }
        }
        return false;
    }
}
