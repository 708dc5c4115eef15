/**
 * Publishing over HTTP: {@link dev.freshet.server.publish.PublishEndpoint} reads publications from a request, as raw data,
 * JSON, a form or a batch of lines, and appends them. Stateless; answers on the connection's loop or on the log's writer.
 */
@NullMarked
package dev.freshet.server.publish;

import org.jspecify.annotations.NullMarked;
