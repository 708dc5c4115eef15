package dev.freshet.system.durable.crowd;

import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.codec.ServerSentEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishers, each on a thread of its own, that go on whatever becomes of the hub: one for each {@link PostForm}, and one
 * that uses our client and brings its own ids. Each one's events are numbered, and it publishes them in that order.
 */
public final class Load {
    /** The one that brings its own ids, which are its labels. */
    public static final String NAMED = "own";

    private static final Set<Integer> PASSING = Set.of(503, 507);
    private static final int MAX_UNANSWERED = 16;
    private static final long BETWEEN_ATTEMPTS_MS = 20;

    private final URI hub;
    private final Ledger ledger;
    private final HubClient client;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong named = new AtomicLong();
    private volatile boolean isStopped;

    private Load(URI hub, Ledger ledger) {
        this.hub = hub;
        this.ledger = ledger;
        this.client = new HubClient(hub);
    }

    public static Load start(URI hub, Ledger ledger, Random seeds) {
        Load load = new Load(hub, ledger);
        for (PostForm form : PostForm.values()) {
            Random random = new Random(seeds.nextLong());
            load.start(form.name(), () -> load.publish(form, random));
        }
        Random random = new Random(seeds.nextLong());
        load.start(NAMED, () -> load.publishNamed(random));
        return load;
    }

    /** Publishes one event more, once; empty if there was no answer. */
    public Optional<HubClient.Answer> publish(String label) {
        Post post = new Post("/events/t0", "text/plain", Optional.empty(), EventText.of(label), List.of(label));
        ledger.onAsked(post.labels());
        Optional<HubClient.Answer> answer = client.publish(post);
        answer.ifPresent(given -> note(post, given));
        return answer;
    }

    /** Begins nothing new, and waits until what is to be tried again was answered; there must be a hub. */
    public void stop() throws InterruptedException {
        isStopped = true;
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(1));
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " is still not answered");
            }
        }
    }

    /** Some event with a publisher's own id that was acknowledged; returns its id. */
    public Optional<String> anyNamed(Random random) {
        long acknowledged = named.get();
        return acknowledged == 0
                ? Optional.empty()
                : Optional.of(EventText.label(NAMED, (long) (random.nextDouble() * acknowledged)));
    }

    private void start(String name, Work work) {
        Thread thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException | RuntimeException e) {
            ledger.onFault(Thread.currentThread().getName() + ": " + e);
        }
    }

    private void publish(PostForm form, Random random) throws InterruptedException {
        for (long number = 0; !isStopped; ) {
            Post post = form.post(form.name(), number, random);
            ledger.onAsked(post.labels());
            publish(post);
            number += post.labels().size();
        }
    }

    private void publish(Post post) throws InterruptedException {
        boolean isDone = attempt(post);
        while (!isDone) {
            Thread.sleep(BETWEEN_ATTEMPTS_MS);
            isDone = post.key().isEmpty() || attempt(post);
        }
    }

    /** Returns false if it may be tried again. */
    private boolean attempt(Post post) {
        Optional<HubClient.Answer> answer = client.publish(post);
        answer.ifPresent(given -> note(post, given));
        return answer.filter(given -> !PASSING.contains(given.status())).isPresent();
    }

    private void note(Post post, HubClient.Answer answer) {
        if (answer.isAcknowledged()) {
            ledger.onAcknowledged(post.labels(), answer.ids());
            post.key().ifPresent(key -> ledger.onRepeatable(post));
        } else if (!PASSING.contains(answer.status())) {
            ledger.onFault(post.labels() + " got " + answer);
        }
    }

    private void publishNamed(Random random) throws InterruptedException {
        RetryPolicy persistent = RetryPolicy.RESILIENT
                .withDelays(RetryPolicy.SHORTEST, RetryPolicy.SHORTEST)
                .withStatuses(PASSING)
                .withBudget(Duration.ofMinutes(5));
        Semaphore room = new Semaphore(MAX_UNANSWERED);
        try (Publisher publisher = Publisher.open(PublisherOptions.of(hub).withRetry(persistent))) {
            for (long number = 0; !isStopped; number++) {
                room.acquire();
                String topic = PostForm.TOPICS.get(random.nextInt(PostForm.TOPICS.size()));
                publish(publisher, topic, EventText.label(NAMED, number), room);
            }
            room.acquire(MAX_UNANSWERED);
        }
    }

    private void publish(Publisher publisher, String topic, String label, Semaphore room) {
        ledger.onAsked(List.of(label));
        ServerSentEvent event = ServerSentEvent.of(EventText.of(label)).withId(label);
        publisher.publish(Publication.of(topic, event)).whenComplete((id, failure) -> {
            if (failure == null) {
                ledger.onAcknowledged(List.of(label), List.of(id));
                named.incrementAndGet();
            } else {
                ledger.onFault(label + ": " + failure);
            }
            room.release();
        });
    }

    private interface Work {
        void run() throws InterruptedException;
    }
}
