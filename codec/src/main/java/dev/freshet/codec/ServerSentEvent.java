package dev.freshet.codec;

/** stub. */
public record ServerSentEvent() {}
