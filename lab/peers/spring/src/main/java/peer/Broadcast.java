package peer;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/** The broadcast server of every tutorial: a list of emitters, and a loop that sends to each. */
@SpringBootApplication
@EnableScheduling
@RestController
public class Broadcast {
    private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();

    public static void main(String... args) {
        SpringApplication.run(Broadcast.class, args);
    }

    @GetMapping("/events")
    public SseEmitter subscribe() {
        SseEmitter emitter = new SseEmitter(0L);
        emitter.onCompletion(() -> emitters.remove(emitter));
        emitters.add(emitter);
        return emitter;
    }

    @PostMapping("/events")
    public void publish(@RequestBody String data) {
        emitters.forEach(emitter -> send(emitter, SseEmitter.event().data(data)));
    }

    @Scheduled(fixedRate = 15_000)
    public void keepAlive() {
        emitters.forEach(emitter -> send(emitter, SseEmitter.event().comment("")));
    }

    private static void send(SseEmitter emitter, SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException e) {
            emitter.completeWithError(e);
        }
    }
}
