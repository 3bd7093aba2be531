package dev.redisaccess.operator.binding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redisaccess.operator.api.Reason;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorIdentityTest {

    private static final TenantId TENANT = new TenantId("dddddddd-0000-0000-0000-000000000001");
    private static final TenantId OTHER_TENANT = new TenantId("99999999-aaaa-4bbb-8ccc-dddddddddddd");
    private static final ClientId OWN = new ClientId("cccccccc-0000-0000-0000-000000000009");
    private static final ClientId WORKLOAD = new ClientId("cccccccc-0000-0000-0000-000000000001");
    private static final ObjectId OBJECT = new ObjectId("aaaaaaaa-0000-0000-0000-000000000001");
    private static final ServiceAccountKey ACCOUNT = new ServiceAccountKey("shop", "orders");
    private static final ServiceAccountKey OWN_ACCOUNT = new ServiceAccountKey("operators", "redis-access-operator");

    private final OperatorIdentity operator = new OperatorIdentity(TENANT, Optional.of(OWN), Optional.of(OWN_ACCOUNT));

    static Stream<Arguments> tenants() {
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("  ", "is blank"),
                Arguments.of("contoso.onmicrosoft.com", "`contoso.onmicrosoft.com`, which is not a GUID"),
                Arguments.of(TENANT + "\n", "which has a line break at its end"),
                Arguments.of(OTHER_TENANT.value(), "is `" + OTHER_TENANT + "`"));
    }

    @ParameterizedTest
    @MethodSource("tenants")
    void refusesAnAnnotationOfAnotherTenant(String annotation, String says) {
        Problem problem = operator.otherTenant(ACCOUNT, Optional.of(annotation)).orElseThrow();
        assertThat(problem.reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(problem.message())
                .contains("`azure.workload.identity/tenant-id`", "`orders`", says, "`" + TENANT + "`");
        MessageForm.assertKept(problem.message());
    }

    @Test
    void acceptsItsOwnTenantAndNoAnnotation() {
        assertThat(operator.otherTenant(ACCOUNT, Optional.empty())).isEmpty();
        assertThat(operator.otherTenant(ACCOUNT, Optional.of(TENANT.value().toUpperCase(Locale.ROOT))))
                .isEmpty();
    }

    @Test
    void quotesOneShortLineOfAnAnnotation() {
        Problem problem = operator.otherTenant(ACCOUNT, Optional.of("x\n" + "y".repeat(250_000)))
                .orElseThrow();
        assertThat(problem.message()).hasSizeLessThan(700).doesNotContain("\n");
    }

    @Test
    void refusesItself() {
        assertThat(operator.refuse(OWN_ACCOUNT).orElseThrow().reason()).isEqualTo(Reason.OPERATOR_IDENTITY);
        assertThat(operator.refuse(OWN).orElseThrow().reason()).isEqualTo(Reason.OPERATOR_IDENTITY);
        assertThat(operator.refuse(ACCOUNT)).isEmpty();
        assertThat(operator.refuse(new ServiceAccountKey("shop", OWN_ACCOUNT.name())))
                .isEmpty();
        assertThat(operator.refuse(WORKLOAD)).isEmpty();
    }

    @Test
    void refusesATokenOfAnotherIdentityThanWasRequested() {
        assertThat(operator.otherIdentity(WORKLOAD, new Principal(WORKLOAD, OBJECT, TENANT)))
                .isEmpty();
        Problem client = operator.otherIdentity(WORKLOAD, new Principal(OWN, OBJECT, TENANT))
                .orElseThrow();
        Problem tenant = operator.otherIdentity(WORKLOAD, new Principal(WORKLOAD, OBJECT, OTHER_TENANT))
                .orElseThrow();
        MessageForm.assertKept(client.message());
        assertThat(client.reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(client.message()).contains("`" + OWN + "`", "`" + WORKLOAD + "`");
        assertThat(tenant.reason()).isEqualTo(Reason.IDENTITY_MISMATCH);
        assertThat(tenant.message()).contains("`" + OTHER_TENANT + "`", "`" + TENANT + "`");
    }
}
