package dev.freshet.cli.log;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.log.sqlite.file.FileFailure;
import dev.freshet.log.sqlite.upkeep.ArchiveEnd;
import dev.freshet.log.sqlite.upkeep.ArchiveEntry;
import dev.freshet.log.sqlite.upkeep.ArchivePart;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A file that an export is written to, and that a later one goes on with. Confined to one thread.
 *
 * <p>What was cut in the middle of a line is found by its missing end; such a rest and the line of the export's end are
 * removed before more is written.
 */
final class ExportFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path path;
    private final FileChannel channel;
    private Optional<EventPosition> last = Optional.empty();
    private final Map<String, Long> missing = new HashMap<>();
    private long end;
    private OutputStream out = OutputStream.nullOutputStream();

    private ExportFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Fails if there is a file of that name. */
    static ExportFile create(Path path) throws IOException {
        try {
            return new ExportFile(
                    path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "output: " + path + " is there already (expected: a new file; --resume goes on with one)", e);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Makes the file if there is none. Fails, and leaves the file as it is, if it is no export, or one of another part. */
    static ExportFile resume(Path path, ArchivePart part, ArchiveReader reader) throws IOException {
        if (!Files.exists(path)) {
            return create(path);
        }
        FileChannel channel = open(path);
        try {
            ExportFile file = new ExportFile(path, channel);
            file.end = file.findEnd(reader);
            file.requireSame(part, reader);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The place of the last event that is in the file; of a part that had none, the last place that it looked at. */
    Optional<EventPosition> last() {
        return last;
    }

    /** What the end of an earlier export said is missing before it. */
    Map<String, Long> missing() {
        return missing;
    }

    /** Whether nothing is in the file that stays. */
    boolean isNew() {
        return end == 0;
    }

    /** Whether what is written to a file of that name is compressed. */
    static boolean isCompressed(Path path) {
        return path.toString().endsWith(".gz");
    }

    /** Writes behind the last event, and removes what is there; closed with the file. */
    OutputStream stream() throws IOException {
        channel.truncate(end);
        channel.position(end);
        out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        if (isCompressed(path)) {
            out = new GZIPOutputStream(out, BUFFER_BYTES);
        }
        return out;
    }

    /** Ends what is compressed, and makes the disk have it all. */
    void finish() throws WriteFailedException {
        try {
            if (out instanceof GZIPOutputStream zipped) {
                zipped.finish();
            }
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            throw new WriteFailedException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static FileChannel open(Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static IOException unwritable(Path path, IOException e) {
        String reason = FileFailure.reason(e);
        return new IOException(
                "output: " + path + " cannot be written: " + reason + " (expected: a place for a file)", e);
    }

    /** Two parts in one file would be neither. */
    private void requireSame(ArchivePart part, ArchiveReader reader) throws IOException {
        ArchivePart made = isNew() ? part : part(reader);
        if (!made.equals(part)) {
            throw new IOException("output: " + path + " was made " + options(made) + ", and this would be "
                    + options(part) + " (expected: the same options, or another file; it is left as it is)");
        }
    }

    private ArchivePart part(ArchiveReader reader) throws IOException {
        channel.position(0);
        byte[] first = new LineReader(Channels.newInputStream(channel), ArchiveReader.MAX_LINE_BYTES)
                .next()
                .orElse(new byte[0]);
        return entry(reader, first) instanceof ArchivePart part ? part : ArchivePart.ALL;
    }

    private static String options(ArchivePart part) {
        List<String> options = new ArrayList<>();
        part.topics().forEach(topic -> options.add("--topic '" + topic + "'"));
        part.since().ifPresent(since -> options.add("--since " + since));
        part.after().ifPresent(after -> options.add("--after '" + after + "'"));
        return options.isEmpty() ? "without --topic, --since and --after" : "with " + String.join(" ", options);
    }

    /** Behind the last line that is an event, or says of which part they are. */
    private long findEnd(ArchiveReader reader) throws IOException {
        Optional<EventPosition> head = Optional.empty();
        long found = beginOfLine(channel.size());
        while (found > 0) {
            long begin = beginOfLine(found - 1);
            ArchiveEntry entry = entry(reader, begin, found - 1);
            if (entry instanceof ArchiveEnd earlier) {
                missing.putAll(earlier.thinned());
                head = Optional.of(earlier.head());
            }
            if (entry instanceof ArchivedEvent event) {
                last = event.place();
                require(last.isPresent());
                return found;
            }
            if (entry instanceof ArchivePart) {
                last = head.map(ExportFile::before);
                return found;
            }
            found = begin;
        }
        requireBeginOfExport();
        return 0;
    }

    private static EventPosition before(EventPosition head) {
        return new EventPosition(head.epoch(), Math.max(0, head.offset() - 1));
    }

    private ArchiveEntry entry(ArchiveReader reader, long begin, long end) throws IOException {
        require(end - begin <= ArchiveReader.MAX_LINE_BYTES);
        return entry(reader, bytes(begin, (int) (end - begin)));
    }

    private ArchiveEntry entry(ArchiveReader reader, byte[] line) throws IOException {
        try {
            return reader.read(line);
        } catch (IllegalArgumentException e) {
            throw notAnExport();
        }
    }

    /** A file without a whole line may be something else. */
    private void requireBeginOfExport() throws IOException {
        require(channel.size() == 0 || bytes(0, 1)[0] == '{');
    }

    private void require(boolean condition) throws IOException {
        if (!condition) {
            throw notAnExport();
        }
    }

    private IOException notAnExport() {
        return new IOException("output: " + path + " is no export (expected: one to go on with; it is left as it is)");
    }

    /** Where the line begins that reaches up to a place. */
    private long beginOfLine(long end) throws IOException {
        long from = end;
        while (from > 0) {
            int length = (int) Math.min(BUFFER_BYTES, from);
            byte[] bytes = bytes(from - length, length);
            for (int i = length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return from - length + i + 1;
                }
            }
            from -= length;
        }
        return 0;
    }

    private byte[] bytes(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
            // Reads go on until everything is there.
        }
        return bytes.array();
    }
}
