package dev.freshet.lab.churn;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What a process holds.
 *
 * @param descriptors open file descriptors
 * @param directBytes memory off the heap that the JDK gave out
 * @param nettyBytes memory off the heap that Netty's allocator holds
 * @param heapBytes live heap
 */
record Kept(long descriptors, long directBytes, long nettyBytes, long heapBytes) {
    private static final int COLLECTIONS = 3;
    /** Files that the JVM opens for itself when it likes. */
    private static final int OTHER_DESCRIPTORS = 8;

    /** An object would take 16 at least. */
    private static final long MAX_BYTES_PER_CONNECTION = 4;

    /** Of this process, after garbage was collected. */
    static Kept now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Kept(
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount(),
                directMemory(),
                ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                        .metric()
                        .usedDirectMemory(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** Tells whether so many connections since then may have left something behind. */
    boolean isMoreThan(Kept before, long connections) {
        long maxGrowth = MAX_BYTES_PER_CONNECTION * connections;
        return descriptors > before.descriptors + OTHER_DESCRIPTORS
                || directBytes - before.directBytes > maxGrowth
                || nettyBytes - before.nettyBytes > maxGrowth
                || heapBytes - before.heapBytes > maxGrowth;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d descriptors, %,d bytes of direct memory, %,d of Netty's, %,d of live heap",
                descriptors,
                directBytes,
                nettyBytes,
                heapBytes);
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
