package dev.freshet.examples.embedding;

import dev.freshet.hub.access.Grant;
import dev.freshet.hub.access.Principal;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.server.auth.Authenticator;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes whoever brings the token of an account for that account. Immutable. */
record TokenAuthenticator(Map<String, String> accountsByToken) implements Authenticator {
    private static final String SCHEME = "Bearer ";

    @Override
    public Principal authenticate(Request request) {
        return request.headers()
                .first("Authorization")
                .map(header ->
                        account(header).map(TokenAuthenticator::principal).orElseThrow(this::unknown))
                .orElse(Principal.ANONYMOUS);
    }

    private Optional<String> account(String header) {
        return header.startsWith(SCHEME)
                ? Optional.ofNullable(accountsByToken.get(header.substring(SCHEME.length())))
                : Optional.empty();
    }

    private static Principal principal(String account) {
        Set<TopicSelector> own = Set.of(TopicSelector.parse("accounts/" + account + "/{+rest}"));
        return new Principal(account, new Grant(own, own));
    }

    private ProblemException unknown() {
        Problem problem = Problem.of(401, "unauthorized", "Unauthorized", "Authorization: unknown (expected: a token)");
        return new ProblemException(problem, Headers.of("WWW-Authenticate", "Bearer"));
    }
}
