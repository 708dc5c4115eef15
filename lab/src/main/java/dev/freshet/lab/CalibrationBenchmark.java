package dev.freshet.lab;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A loop that never changes: copies 4 KiB and adds them up, byte by byte. It tells how fast the machine is right now; the
 * other benchmarks are remembered as multiples of it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalibrationBenchmark {
    private final byte[] source = new byte[4096];
    private final byte[] copy = new byte[source.length];

    /** Fills the source. */
    public CalibrationBenchmark() {
        for (int i = 0; i < source.length; i++) {
            source[i] = (byte) (i * 31);
        }
    }

    /**
     * Copies and adds.
     *
     * @return the sum
     */
    @Benchmark
    public int copyAndAdd() {
        System.arraycopy(source, 0, copy, 0, source.length);
        int sum = 1;
        for (byte each : copy) {
            sum = sum * 31 + each;
        }
        return sum;
    }
}
