package dev.freshet.client.json;

/** A text that is not the JSON that was expected. The message names the place, never the text. */
public final class JsonSyntaxException extends Exception {

    JsonSyntaxException(String expected, int at) {
        super("index " + at + " (expected: " + expected + ")");
    }
}
