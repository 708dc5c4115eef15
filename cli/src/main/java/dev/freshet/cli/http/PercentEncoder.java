package dev.freshet.cli.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Percent-encoding of UTF-8: all but the unreserved characters (RFC 3986 2.3). Pure. */
final class PercentEncoder {
    private static final String UNRESERVED_MARKS = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoder() {}

    /** A value in a query. */
    static String value(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }

    /** A path; its slashes stay. */
    static String path(String text) {
        return Arrays.stream(text.split("/", -1)).map(PercentEncoder::segment).collect(Collectors.joining("/"));
    }

    /** Proxies resolve the segments {@code .} and {@code ..}; encoded, most leave them alone. */
    private static String segment(String text) {
        return text.equals(".") || text.equals("..") ? text.replace(".", "%2E") : value(text);
    }

    private static boolean isUnreserved(byte b) {
        return isWithin('a', b, 'z')
                || isWithin('A', b, 'Z')
                || isWithin('0', b, '9')
                || UNRESERVED_MARKS.indexOf(b) >= 0;
    }

    private static boolean isWithin(char first, byte b, char last) {
        return b >= first && b <= last;
    }
}
