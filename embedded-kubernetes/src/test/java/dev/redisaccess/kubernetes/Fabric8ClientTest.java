package dev.redisaccess.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded API as the operator and the quickstart see it: through the fabric8 client. */
class Fabric8ClientTest {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("test")
            .withForce(true)
            .build();

    private EmbeddedKubernetes kubernetes;
    private KubernetesClient client;

    @BeforeEach
    void start() throws Exception {
        kubernetes = EmbeddedKubernetes.start(0, Clock.systemUTC());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubernetes.kubeconfig()))
                .build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        try (InputStream definition = getClass().getResourceAsStream("/gadgets.yaml")) {
            client.load(definition).create();
        }
    }

    @AfterEach
    void stop() {
        client.close();
        kubernetes.close();
    }

    private static GenericKubernetesResource gadget(String spec) {
        return Serialization.unmarshal(
                "apiVersion: example.dev/v1\nkind: Gadget\nmetadata: {name: one, namespace: shop}\n" + spec,
                GenericKubernetesResource.class);
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withData(data)
                .build();
    }

    @Test
    void appliedStatusLeavesTheSpecAloneAndTheOtherWayRound() {
        client.resource(gadget("spec: {color: red}")).patch(APPLY);
        client.resource(gadget("spec: {color: blue}\nstatus: {conditions: [{type: Ready, status: 'True'}]}"))
                .subresource("status")
                .patch(APPLY);
        client.resource(gadget("spec: {color: green}\nstatus: {conditions: []}"))
                .patch(APPLY);
        GenericKubernetesResource stored = client.resource(gadget("")).get();
        assertThat(stored.<String>get("spec", "color")).isEqualTo("green");
        assertThat(stored.<String>get("status", "conditions", 0, "status")).isEqualTo("True");
        assertThat(stored.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aFinalizerThatIsAppliedLateBringsNothingBack() {
        GenericKubernetesResource finalizer = gadget("").toBuilder()
                .editMetadata()
                .addToFinalizers("example.dev/hold")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> client.resource(finalizer).patch(APPLY))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(422))
                .hasMessageContaining("spec: Required value");
        assertThat(client.resource(finalizer).get()).isNull();
    }

    @Test
    void aWriteThatChangesNothingMakesNoNewVersion() {
        String first = client.resource(gadget("spec: {color: red}"))
                .patch(APPLY)
                .getMetadata()
                .getResourceVersion();
        String second = client.resource(gadget("spec: {color: red}"))
                .patch(APPLY)
                .getMetadata()
                .getResourceVersion();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void anUpdateWithAnOldVersionConflicts() {
        ConfigMap first = client.resource(configMap("c", Map.of("a", "1"))).create();
        client.resource(configMap("c", Map.of("a", "2"))).update();
        first.setData(Map.of("a", "3"));
        assertThatThrownBy(() -> client.resource(first).lockResourceVersion().update())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
    }

    @Test
    void finalizersHoldAnObjectAndOwnersTakeTheirDependentsAlong() {
        GenericKubernetesResource owner = client.resource(gadget("spec: {}").toBuilder()
                        .editMetadata()
                        .addToFinalizers("example.dev/hold")
                        .endMetadata()
                        .build())
                .create();
        ConfigMap owned = configMap("owned", Map.of());
        owned.addOwnerReference(owner);
        client.resource(owned).create();
        client.resource(owner).delete();
        assertThat(client.resource(owner).get().isMarkedForDeletion()).isTrue();
        assertThat(client.resource(owned).get()).isNotNull();
        client.resource(client.resource(owner).get()).edit(object -> {
            object.getMetadata().setFinalizers(List.of());
            return object;
        });
        assertThat(client.resource(owner).get()).isNull();
        assertThat(client.resource(owned).get()).isNull();
    }

    @Test
    void anInformerSeesChangesThroughAWebSocket() {
        try (var informer =
                client.configMaps().inNamespace("shop").withLabel("seen", "yes").inform()) {
            ConfigMap labelled = configMap("c", Map.of("a", "1"));
            labelled.getMetadata().setLabels(Map.of("seen", "yes"));
            client.resource(labelled).create();
            client.resource(configMap("other", Map.of())).create();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informer.getStore().list().size() == 1);
            client.configMaps().inNamespace("shop").withName("c").delete();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informer.getStore().list().isEmpty());
        }
    }

    @Test
    void aWatchFromAVersionDoesNotRepeatWhatCameBefore() {
        String version = client.resource(configMap("before", Map.of()))
                .create()
                .getMetadata()
                .getResourceVersion();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Watch watch = client.configMaps()
                .inNamespace("shop")
                .withResourceVersion(version)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, ConfigMap object) {
                        seen.add(action + " " + object.getMetadata().getName());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        seen.add("closed");
                    }
                })) {
            client.resource(configMap("after", Map.of())).create();
            await().atMost(Duration.ofSeconds(20)).until(() -> !seen.isEmpty());
            assertThat(seen).containsExactly("ADDED after");
        }
    }

    @Test
    void tokensAreSignedWithThePublishedKeyAndNameTheServiceAccount() throws Exception {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("orders")
                        .withNamespace("shop")
                        .endMetadata()
                        .build())
                .create();
        Instant before = Instant.now();
        SignedJWT token = SignedJWT.parse(token("orders", 600).getStatus().getToken());
        JWKSet keys = JWKSet.parse(client.raw("/openid/v1/jwks"));
        assertThat(token.verify(new RSASSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("system:serviceaccount:shop:orders");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("api://AzureADTokenExchange");
        assertThat(client.raw("/.well-known/openid-configuration"))
                .contains(token.getJWTClaimsSet().getIssuer());
        assertThat(token.getJWTClaimsSet().getExpirationTime().toInstant())
                .isBetween(before.plusSeconds(598), before.plusSeconds(660));
    }

    @Test
    void refusesATokenForAMissingServiceAccountAndForTooShortATime() {
        assertThatThrownBy(() -> token("missing", 600))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(404));
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("sa")
                        .withNamespace("shop")
                        .endMetadata()
                        .build())
                .create();
        assertThatThrownBy(() -> token("sa", 60))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(422));
    }

    private TokenRequest token(String account, long seconds) {
        return client.serviceAccounts()
                .inNamespace("shop")
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences("api://AzureADTokenExchange")
                        .withExpirationSeconds(seconds)
                        .endSpec()
                        .build());
    }
}
