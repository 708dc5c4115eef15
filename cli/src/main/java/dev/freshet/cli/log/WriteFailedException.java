package dev.freshet.cli.log;

import java.io.IOException;

/** An export could not be written to where it goes; reading the log was no problem. */
final class WriteFailedException extends IOException {
    private static final long serialVersionUID = 1;

    WriteFailedException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether nobody reads the output any more. */
    boolean isClosedPipe() {
        return "Broken pipe".equals(getMessage());
    }
}
