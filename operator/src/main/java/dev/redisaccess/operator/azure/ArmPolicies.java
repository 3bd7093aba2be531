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

/** The policies that are added to the SDK's pipeline. */
final class ArmPolicies {

    /** The newest generally available version that has access policy assignments and that Terraform also uses. */
    static final String API_VERSION = "2025-07-01";

    /** The version that SDK 1.0.0 requests. */
    private static final Pattern SDK_VERSION = Pattern.compile("([?&]api-version=)2021-03-01(?=&|$)");

    private static final HttpHeaderName READS =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-reads");
    private static final HttpHeaderName WRITES =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-writes");
    private static final HttpHeaderName DELETES =
            HttpHeaderName.fromString("x-ms-ratelimit-remaining-subscription-deletes");

    /** A quota of a subscription is refilled by about 25 reads and 10 writes a second, so a pause of a second is enough. */
    private static final int NEARLY_USED_UP = 5;

    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    private ArmPolicies() {}

    /**
     * SDK 1.0.0 requests its own version, whose answers lack fields that are needed. Requests for another version, and links in
     * answers, stay as they are. Delete with a newer SDK.
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

    /** Reads the quotas in answers, and pauses a subscription just before Azure would throttle it. */
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
                        .filter(remaining -> remaining <= NEARLY_USED_UP)
                        .ifPresent(remaining -> subscription.pause(SHORT_PAUSE));
            }
            if (response.getStatusCode() < 300) {
                // Azure sends none with assignments so far.
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
