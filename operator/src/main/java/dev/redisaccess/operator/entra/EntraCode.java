package dev.redisaccess.operator.entra;

import dev.redisaccess.operator.api.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The AADSTS codes with a reason of their own. Entra's documentation says that codes may change and must not be depended on: they
 * select a message, the OAuth error and the HTTP status decide the rest. Codes:
 * learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */
record EntraCode(Reason reason, Set<Integer> codes) {

    private static final List<EntraCode> TABLE = List.of(
            row(Reason.FEDERATION_NOT_MATCHED, 70021),
            row(Reason.FEDERATION_ISSUER_MISMATCH, 700211),
            row(Reason.FEDERATION_AUDIENCE_MISMATCH, 700212),
            row(Reason.FEDERATION_SUBJECT_MISMATCH, 700213),
            row(Reason.FEDERATION_ISSUER_FORBIDDEN, 700214),
            row(Reason.IDENTITY_NOT_FOUND, 700016, 700011, 70001),
            row(Reason.TENANT_NOT_FOUND, 90002),
            row(Reason.WRONG_CLOUD, 90038, 900382, 900432),
            row(Reason.ASSERTION_EXPIRED, 700024),
            row(Reason.ASSERTION_SIGNATURE_INVALID, 700027, 50012, 50006),
            row(Reason.ISSUER_UNREACHABLE, 90061),
            // 7000215 and 7000222 are about a client secret, which is never sent: the application is configured for
            // one.
            row(Reason.APPLICATION_MISCONFIGURED, 700025, 7000215, 7000222),
            row(Reason.REDIS_RESOURCE_UNKNOWN, 500011, 650057, 50001, 70011),
            row(Reason.PRINCIPAL_NOT_ALLOWED, 50020),
            row(Reason.BLOCKED_BY_POLICY, 53003, 530035),
            row(Reason.ENTRA_THROTTLED, 50196, 90055),
            row(Reason.ENTRA_UNAVAILABLE, 90033, 90024, 90006, 90012, 50000));

    private static final Map<Integer, Reason> BY_CODE = byCode();

    /** Empty for an unknown code. */
    static Optional<Reason> reason(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    private static EntraCode row(Reason reason, Integer... codes) {
        return new EntraCode(reason, Set.of(codes));
    }

    private static Map<Integer, Reason> byCode() {
        Map<Integer, Reason> all = new HashMap<>();
        for (EntraCode row : TABLE) {
            row.codes().forEach(code -> all.put(code, row.reason()));
        }
        return Map.copyOf(all);
    }
}
