package dev.redisaccess.operator.binding;

import dev.redisaccess.operator.api.DeletionPolicy;
import dev.redisaccess.operator.api.EnvironmentSpec;
import dev.redisaccess.operator.api.Federation;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessBindingSpec;
import dev.redisaccess.operator.api.ServiceBindingMode;
import dev.redisaccess.operator.api.VerificationMode;
import dev.redisaccess.operator.api.VerificationSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Spec → {@link BindingRequest}. The CRD refuses nearly everything that is refused here; this is for API servers that have an
 * older CRD, and fills in the defaults that they did not.
 */
public final class BindingParser {

    private static final int DEFAULT_PERIOD_SECONDS = 900;
    private static final int MIN_PERIOD_SECONDS = 60;
    private static final int MAX_PERIOD_SECONDS = 86_400;
    private static final int DEFAULT_TIMEOUT_SECONDS = 10;
    private static final int MAX_TIMEOUT_SECONDS = 60;

    /** What shells and programming languages accept as the beginning of a variable's name. */
    private static final Pattern PREFIX = Pattern.compile("[A-Z][A-Z0-9_]{0,31}");

    private BindingParser() {}

    /** Parses a binding as it came from the API server. */
    public static Result<BindingRequest> parse(RedisAccessBinding binding) {
        Optional<Problem> flaw = flawOfTarget(binding.getSpec());
        if (flaw.isPresent()) {
            return Result.failed(flaw.get());
        }
        RedisAccessBindingSpec spec = binding.getSpec();
        Optional<ClientId> clientId = Optional.ofNullable(spec.clientId()).flatMap(ClientId::parse);
        if (spec.clientId() != null && clientId.isEmpty()) {
            return Result.failed(Problem.of(
                    Reason.CLIENT_ID_INVALID,
                    "`spec.clientId` must be a GUID, but it "
                            + Guid.flaw(spec.clientId()).orElse("is not")
                            + ". Set it to the client ID, not the name, of the identity."));
        }
        EnvironmentSpec environment = spec.environment();
        if (environment != null
                && environment.prefix() != null
                && !PREFIX.matcher(environment.prefix()).matches()) {
            return invalid(
                    "`spec.environment.prefix` must be upper case letters, digits and `_`, and start with a letter,"
                            + " such as `ORDERS_`.");
        }
        if (spec.accessProfile() != null && isBlank(spec.accessProfile())) {
            return invalid("`spec.accessProfile` must name an access profile of the RedisDatabase, or be absent.");
        }
        return verification(spec.verification()).map(verification -> request(binding, clientId, verification));
    }

    /**
     * The same for a binding whose access is to be revoked. Only the fields that can't be changed must be valid, so that no
     * edit of another one keeps the access.
     */
    public static Result<BindingRequest> parseForRevocation(RedisAccessBinding binding) {
        return flawOfTarget(binding.getSpec())
                .<Result<BindingRequest>>map(Result::failed)
                .orElseGet(() -> verification(null)
                        .map(verification -> request(
                                binding,
                                Optional.ofNullable(binding.getSpec().clientId())
                                        .flatMap(ClientId::parse),
                                verification)));
    }

    private static Optional<Problem> flawOfTarget(RedisAccessBindingSpec spec) {
        if (spec == null) {
            return Optional.of(flaw("`spec` must be set."));
        }
        if (spec.databaseRef() == null || isBlank(spec.databaseRef().name())) {
            return Optional.of(flaw("`spec.databaseRef.name` must name a RedisDatabase."));
        }
        return isBlank(spec.serviceAccountName())
                ? Optional.of(flaw("`spec.serviceAccountName` must name a ServiceAccount of this namespace."))
                : Optional.empty();
    }

    private static BindingRequest request(
            RedisAccessBinding binding, Optional<ClientId> clientId, BindingRequest.VerificationSettings verification) {
        RedisAccessBindingSpec spec = binding.getSpec();
        BindingKey key = BindingKey.of(binding);
        return new BindingRequest(
                key,
                Optional.ofNullable(binding.getMetadata().getUid()).orElse(""),
                spec.databaseRef().name(),
                new ServiceAccountKey(key.namespace(), spec.serviceAccountName()),
                clientId,
                Optional.ofNullable(spec.federation()).orElse(Federation.AUTO),
                verification,
                environment(spec.environment(), key),
                Optional.ofNullable(spec.deletionPolicy()).orElse(DeletionPolicy.DELETE),
                Optional.ofNullable(spec.accessProfile()));
    }

    private static Result<BindingRequest.VerificationSettings> verification(VerificationSpec spec) {
        var given = spec == null ? new VerificationSpec(null, null, null) : spec;
        int period = orDefault(given.periodSeconds(), DEFAULT_PERIOD_SECONDS);
        int timeout = orDefault(given.timeoutSeconds(), DEFAULT_TIMEOUT_SECONDS);
        if (period < MIN_PERIOD_SECONDS || period > MAX_PERIOD_SECONDS) {
            return invalid("`spec.verification.periodSeconds` must be from 60 to 86400.");
        }
        if (timeout < 1 || timeout > MAX_TIMEOUT_SECONDS) {
            return invalid("`spec.verification.timeoutSeconds` must be from 1 to 60.");
        }
        return Result.ok(new BindingRequest.VerificationSettings(
                given.mode() != VerificationMode.DISABLED, Duration.ofSeconds(period), Duration.ofSeconds(timeout)));
    }

    private static BindingRequest.Environment environment(EnvironmentSpec spec, BindingKey key) {
        if (spec == null) {
            return new BindingRequest.Environment(key.name(), Set.of(), "", false);
        }
        return new BindingRequest.Environment(
                Optional.ofNullable(spec.configMapName()).orElse(key.name()),
                Set.copyOf(Optional.ofNullable(spec.profiles()).orElse(List.of())),
                Optional.ofNullable(spec.prefix()).orElse(""),
                spec.serviceBinding() == ServiceBindingMode.ENABLED);
    }

    private static int orDefault(Integer value, int fallback) {
        return value == null ? fallback : value;
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static <T> Result<T> invalid(String message) {
        return Result.failed(flaw(message));
    }

    private static Problem flaw(String message) {
        return Problem.of(Reason.INVALID_SPEC, message);
    }
}
