package dev.freshet.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code name=value&name=value}, as queries and forms write it (WHATWG URL 5.1). */
public final class FormParameters {
    private FormParameters() {}

    /**
     * Takes the text apart and decodes names and values as UTF-8; a plus sign is a space, a name without {@code =} has an
     * empty value.
     *
     * @param where what is read, for the error's text: {@code query} or {@code form}
     * @param text the text, one char per byte (ISO 8859-1) or plain text
     * @return the values by name, in the order of their first occurrence
     * @throws ProblemException with status 400 if an escape is cut or not hexadecimal, or the bytes are not UTF-8
     */
    public static Map<String, List<String>> parse(String where, String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                add(parameters, where, pair);
            }
        }
        return parameters;
    }

    private static void add(Map<String, List<String>> parameters, String where, String pair) {
        int mark = pair.indexOf('=');
        String name = PercentDecoder.decode(where, mark < 0 ? pair : pair.substring(0, mark), true);
        String value = mark < 0 ? "" : PercentDecoder.decode(where, pair.substring(mark + 1), true);
        parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
}
