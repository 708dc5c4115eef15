package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.Template;
import java.util.List;

/**
 * The server under load, on 127.0.0.1, and how it is spoken to; paths, headers and the body are {@link Template}s.
 *
 * @param port where subscribers connect
 * @param publishPort where publishers connect
 * @param subscribe path and query of a subscription
 * @param publish path and query of a publish
 * @param body what is published as one event
 * @param type the body's content type
 * @param headers further header fields of a subscription
 * @param pids its processes; their children count too
 */
record Target(
        int port,
        int publishPort,
        Template subscribe,
        Template publish,
        Template body,
        String type,
        List<Template> headers,
        List<Long> pids) {}
