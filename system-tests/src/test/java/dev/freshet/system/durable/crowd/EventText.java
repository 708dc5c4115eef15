package dev.freshet.system.durable.crowd;

/**
 * The data of an event: its label, {@code publisher:number}, and a filling that follows from it, so that nothing but the
 * label has to be remembered to know what must arrive.
 */
public final class EventText {
    private static final int FEW = 300;
    /** More than a page of the file. */
    private static final int MANY = 9000;

    private EventText() {}

    public static String label(String publisher, long number) {
        return publisher + ":" + number;
    }

    public static String of(String label) {
        int hash = label.hashCode() * 0x9e3779b9 >>> 1;
        int size = hash % 100 == 0 ? MANY : hash % FEW;
        return label + " " + Character.toString('a' + hash % 26).repeat(size);
    }

    public static String labelOf(String data) {
        int end = data.indexOf(' ');
        return end < 0 ? data : data.substring(0, end);
    }
}
