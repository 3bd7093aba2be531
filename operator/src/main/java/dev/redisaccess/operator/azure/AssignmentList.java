package dev.redisaccess.operator.azure;

import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.Assignment;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.SafeQuote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One LIST, read page by page within limits for pages, text and time, and from no other server. After a violation no further
 * request is sent. Used once, by one thread.
 */
final class AssignmentList {

    static final int MOST_PAGES = 200;

    /** No page is requested after this time. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    /** Characters that are kept of all pages: 100,000 assignments of the usual size. */
    static final long MOST_TEXT = 16L * 1024 * 1024;

    /** Of a URL that servers accept. */
    private static final int LONGEST_LINK = 8192;

    /** Counted for each assignment in addition to its texts. */
    private static final int OVERHEAD = 100;

    private final ArmEndpoint endpoint;
    private final Clock clock;
    private final Instant end;
    private final List<Assignment> all = new ArrayList<>();
    private final Set<String> followed = new HashSet<>();
    private int pages;
    private long text;

    AssignmentList(ArmEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.end = clock.instant().plus(DEADLINE);
    }

    /**
     * All pages.
     *
     * @param next reads the page of a link, which leads to the endpoint
     */
    Result<List<Assignment>> from(
            Result<AccessPolicyAssignmentResource.Page> first,
            Function<String, Result<AccessPolicyAssignmentResource.Page>> next) {
        Result<AccessPolicyAssignmentResource.Page> answer = first;
        while (answer instanceof Result.Ok<AccessPolicyAssignmentResource.Page> ok) {
            if (ok.value().value() == null) {
                // An answer of something else than Azure: it must not look like a database without assignments.
                return Result.failed(ArmExceptions.unreadable());
            }
            add(ok.value());
            Optional<String> link = Optional.ofNullable(ok.value().nextLink()).filter(given -> !given.isBlank());
            Optional<Problem> refusal = refusal(link);
            if (refusal.isPresent()) {
                return Result.failed(refusal.get());
            }
            if (link.isEmpty()) {
                return Result.ok(List.copyOf(all));
            }
            answer = next.apply(endpoint.own(link.get()).orElseThrow());
        }
        return answer.map(page -> List.of());
    }

    private void add(AccessPolicyAssignmentResource.Page page) {
        pages++;
        page.value().stream().filter(Objects::nonNull).forEach(resource -> {
            text += OVERHEAD + resource.textLength();
            if (text <= MOST_TEXT) {
                all.add(resource.toAssignment(""));
            }
        });
    }

    private Optional<Problem> refusal(Optional<String> link) {
        if (text > MOST_TEXT) {
            return refused("is larger than " + MOST_TEXT + " characters");
        }
        if (link.isEmpty()) {
            return Optional.empty();
        }
        if (link.get().length() > LONGEST_LINK) {
            return refused("continues at a link of more than " + LONGEST_LINK + " characters");
        }
        if (endpoint.own(link.get()).isEmpty()) {
            return refused("continues at another server, `" + SafeQuote.quote(link.get(), 200)
                    + "`, to which nothing was sent");
        }
        if (!followed.add(link.get())) {
            return refused("continues at a page that was read before");
        }
        if (pages >= MOST_PAGES) {
            return refused("has more than " + MOST_PAGES + " pages");
        }
        return clock.instant().isBefore(end)
                ? Optional.empty()
                : refused("did not end within " + DEADLINE.toSeconds() + " seconds");
    }

    private static Optional<Problem> refused(String what) {
        return Optional.of(Problem.of(
                Reason.AZURE_UNAVAILABLE,
                "The list of access policy assignments " + what
                        + ", and was not used. Check proxies between the operator"
                        + " and Azure, and `REDIS_ACCESS_RESOURCE_MANAGER_ENDPOINT`."));
    }
}
