package dev.freshet.lab.load.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places for the topic's number {@code {t}}, the connection's {@code {c}} and the data {@code {d}}. Immutable. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([tcd])}");

    private final List<Part> parts = new ArrayList<>();

    /**
     * Reads a template.
     *
     * @param text the text
     */
    public Template(String text) {
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            addLiteral(text.substring(from, place.start()));
            parts.add(partOf(place.group(1).charAt(0)));
            from = place.end();
        }
        addLiteral(text.substring(from));
    }

    /**
     * Writes the text.
     *
     * @param out where to
     * @param values what stands in the places
     */
    public void write(ByteArrayOutputStream out, Values values) {
        for (Part part : parts) {
            part.write(out, values);
        }
    }

    private void addLiteral(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parts.add((out, values) -> out.writeBytes(bytes));
    }

    private static Part partOf(char name) {
        return switch (name) {
            case 't' -> (out, values) -> writeNumber(out, values.topic());
            case 'c' -> (out, values) -> writeNumber(out, values.connection());
            default -> (out, values) -> values.data().writeTo(out);
        };
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        out.writeBytes(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** Something that writes itself. */
    public interface Data {
        /**
         * Writes all of it.
         *
         * @param out where to
         */
        void writeTo(ByteArrayOutputStream out);
    }

    /**
     * What stands in the places.
     *
     * @param topic the topic's number
     * @param connection the connection's number
     * @param data the data
     */
    public record Values(int topic, int connection, Data data) {
        /**
         * Values without data.
         *
         * @param topic the topic's number
         * @param connection the connection's number
         */
        public Values(int topic, int connection) {
            this(topic, connection, out -> {});
        }
    }

    private interface Part {
        void write(ByteArrayOutputStream out, Values values);
    }
}
