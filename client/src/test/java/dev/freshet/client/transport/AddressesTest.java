package dev.freshet.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] ADDRESS = {127, 0, 0, 9};

    private final Loop loop = Loops.shared().next();
    private final CountDownLatch nameServerAnswers = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final Addresses addresses = new Addresses(this::resolve);

    @AfterEach
    void answer() {
        nameServerAnswers.countDown();
    }

    @Test
    void aNameWhoseServerIsSilentDoesNotHoldUpOthers() {
        CompletableFuture<List<InetAddress>> slow = find("slow.example");

        assertThat(find("fast.example")).succeedsWithin(SOON);
        assertThat(slow).isNotDone();
        nameServerAnswers.countDown();
        assertThat(slow).succeedsWithin(SOON);
    }

    @Test
    void aNameThatManyAskForIsLookedUpOnce() {
        List<CompletableFuture<List<InetAddress>>> all =
                Stream.generate(() -> find("slow.example")).limit(1000).toList();
        nameServerAnswers.countDown();

        assertThat(all).allSatisfy(found -> assertThat(found).succeedsWithin(SOON));
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aNameThatWasNotFoundIsLookedUpAnew() {
        assertThat(find("none.example")).failsWithin(SOON);
        assertThat(find("none.example")).failsWithin(SOON);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void aResolverThatIsBrokenLeavesNobodyWaiting() {
        assertThat(find("broken.example")).failsWithin(SOON);
        assertThat(find("broken.example")).failsWithin(SOON);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void anAddressIsNotLookedUp() throws UnknownHostException {
        assertThat(find("127.0.0.9")).succeedsWithin(SOON).isEqualTo(List.of(InetAddress.getByAddress(ADDRESS)));
        assertThat(find("::1")).succeedsWithin(SOON);
        assertThat(lookups).hasValue(0);
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        if (host.startsWith("none")) {
            throw new UnknownHostException(host);
        }
        if (host.startsWith("broken")) {
            throw new NoClassDefFoundError(host);
        }
        if (host.startsWith("slow")) {
            awaitAnswer();
        }
        return new InetAddress[] {InetAddress.getByAddress(host, ADDRESS)};
    }

    private void awaitAnswer() {
        try {
            nameServerAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<List<InetAddress>> find(String host) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        addresses.find(host, loop, found::complete, found::completeExceptionally);
        return found;
    }
}
