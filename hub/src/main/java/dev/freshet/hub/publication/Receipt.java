package dev.freshet.hub.publication;

import java.util.List;

/**
 * The log's word that a batch was appended. Immutable.
 *
 * @param ids the ids on the wire, in the order of the batch
 */
public record Receipt(List<String> ids) {
    /** Copies the list. */
    public Receipt {
        ids = List.copyOf(ids);
    }
}
