package dev.freshet.server;

import dev.freshet.server.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** An answer as it came over the wire. */
record Reply(int status, Map<String, String> headers, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    String id() {
        return json().required("id").asString();
    }

    List<String> ids() {
        List<String> ids = new ArrayList<>();
        json().required("ids").forEach(id -> ids.add(id.asString()));
        return ids;
    }

    /** The status and the last part of the problem's type, such as {@code 400 invalid-topic}. */
    String problem() {
        if (!header("Content-Type").equals(Problem.CONTENT_TYPE)) {
            return status + " without a problem: " + body;
        }
        String type = json().required("type").asString();
        int inBody = json().required("status").asInt();
        return (inBody == status ? "" : inBody + " but ") + status + " " + type.replace(Problem.TYPES, "");
    }

    String detail() {
        return json().required("detail").asString();
    }
}
