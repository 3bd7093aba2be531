package dev.redisaccess.operator.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is added to the SDK's pipeline. */
final class ArmPolicies {

    /** The newest generally available version that has access policy assignments and that Terraform uses too. */
    static final String API_VERSION = "2025-07-01";

    /** The version that SDK 1.0.0 asks for. */
    private static final Pattern SDK_VERSION = Pattern.compile("([?&]api-version=)2021-03-01(?=&|$)");

    private static final HttpHeaderName READS =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-reads");
    private static final HttpHeaderName WRITES =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-writes");
    private static final HttpHeaderName DELETES =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-deletes");

    /** ARM gives a subscription back about 25 reads and 10 writes a second: a second's pause fills what is needed. */
    private static final int NEARLY_NOTHING = 5;

    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    private ArmPolicies() {}

    /**
     * SDK 1.0.0 asks for its own version, whose answers lack what we need. Requests that name another version, and links that
     * ARM gives, stay as they are. Delete with a newer SDK.
     */
    static final class PinnedApiVersion extends HttpPipelineSyncPolicy {
        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            HttpRequest request = context.getHttpRequest();
            String url = request.getUrl().toString();
            String pinned = SDK_VERSION.matcher(url).replaceFirst("$1" + API_VERSION);
            if (!pinned.equals(url)) {
                request.setUrl(pinned);
            }
        }
    }

    /** Heeds what ARM says of its quotas, and pauses a subscription just before ARM would begin to refuse. */
    static final class QuotaWatch extends HttpPipelineSyncPolicy {
        private final Subscription subscription;

        QuotaWatch(Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
            number(response, READS).ifPresent(subscription::setRemainingReads);
            for (HttpHeaderName name : List.of(READS, WRITES, DELETES)) {
                number(response, name)
                        .filter(remaining -> remaining <= NEARLY_NOTHING)
                        .ifPresent(remaining -> subscription.pause(SHORT_PAUSE));
            }
            if (response.getStatusCode() < 300) {
                // ARM sends none with assignments so far; it is heeded wherever it comes.
                AzureHttp.retryAfter(response)
                        .ifPresent(wait -> subscription.setWait(
                                context.getHttpRequest().getUrl().getPath(), wait));
            }
            return response;
        }

        private static Optional<Integer> number(HttpResponse response, HttpHeaderName name) {
            return Optional.ofNullable(response.getHeaderValue(name))
                    .filter(text -> text.matches("\\d{1,9}"))
                    .map(Integer::valueOf);
        }
    }
}
