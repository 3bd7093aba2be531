package dev.redisaccess.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.MessageForm;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which calls are made, and the result of each response. How the API server processes them: PublishedConfigMapTest. */
@EnableKubernetesMockClient
class ConfigMapPublisherTest {

    private static final String ONE = "/api/v1/namespaces/shop/configmaps/orders-cache";
    private static final String ALL = "/api/v1/namespaces/shop/configmaps";
    private static final Publication PUBLICATION = new Publication(
            new BindingKey("shop", "orders-cache"), "uid-1", "orders-cache", Map.of("REDIS_PORT", "10000"));

    KubernetesMockServer server;
    KubernetesClient client;

    private Optional<ConfigMap> cached = Optional.empty();
    private Instant now = Instant.parse("2026-11-28T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @Test
    void whatIsUpToDateInTheCacheCostsNoCall() throws InterruptedException {
        cached = Optional.of(PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(false));

        assertThat(requests()).isEmpty();
    }

    /** As the cache keeps it: without content, where the annotation has its hash. */
    @Test
    void theAnnotationReplacesContentThatTheCacheDoesNotKeep() throws InterruptedException {
        cached = Optional.of(withoutContent(PublishedConfigMap.of(PUBLICATION)));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(false));

        assertThat(requests()).isEmpty();
    }

    @Test
    void anotherAnnotationIsAnotherContent() throws InterruptedException {
        ConfigMap former = stored(PublishedConfigMap.of(with(Map.of("REDIS_PORT", "6380"))));
        cached = Optional.of(withoutContent(former));
        serverHas(former);
        patchReturns(200, PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(true));
    }

    private static ConfigMap withoutContent(ConfigMap configMap) {
        configMap.setData(null);
        return configMap;
    }

    /** A POST never overwrites what was created a moment ago. */
    @Test
    void whatDoesNotExistIsCreated() throws Exception {
        serverHasNone();
        server.expect()
                .post()
                .withPath(ALL)
                .andReturn(201, PublishedConfigMap.of(PUBLICATION))
                .once();

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(true));

        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET", "POST");
        JsonNode body = new ObjectMapper().readTree(requests.get(1).getUtf8Body());
        assertThat(body.at("/data/REDIS_PORT").textValue()).isEqualTo("10000");
        assertThat(body.at("/metadata/labels/redisaccess.dev~1binding").textValue())
                .isEqualTo("uid-1");
        assertThat(body.at("/metadata/annotations/redisaccess.dev~1content-hash")
                        .textValue())
                .matches("[0-9a-f]{12}");
        JsonNode owner = body.at("/metadata/ownerReferences/0");
        assertThat(owner.path("uid").textValue()).isEqualTo("uid-1");
        assertThat(owner.path("kind").textValue()).isEqualTo("RedisAccessBinding");
        assertThat(owner.path("apiVersion").textValue()).isEqualTo("redisaccess.dev/v1alpha1");
        assertThat(owner.path("controller").booleanValue()).isTrue();
        assertThat(owner.path("blockOwnerDeletion").booleanValue()).isFalse();
    }

    @Test
    void whatWasCreatedMeanwhileIsLookedAtBeforeAnythingIsWritten() throws InterruptedException {
        serverHasNone();
        server.expect()
                .post()
                .withPath(ALL)
                .andReturn(409, failure(409, "already exists"))
                .once();
        serverHas(foreign());

        assertThat(failed(publisher().publish(PUBLICATION)).reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);

        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET", "POST", "GET");
    }

    @Test
    void aChangeOfContentIsWrittenOverWhatWasReadAndNothingElse() throws Exception {
        ConfigMap former = stored(PublishedConfigMap.of(with(Map.of("REDIS_PORT", "6380", "REDIS_URL", "old"))));
        cached = Optional.of(former);
        serverHas(former);
        patchReturns(200, PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(true));

        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET", "PATCH");
        assertThat(requests.get(1).getHeader("Content-Type")).startsWith("application/merge-patch+json");
        JsonNode body = new ObjectMapper().readTree(requests.get(1).getUtf8Body());
        assertThat(body.at("/metadata/resourceVersion").textValue()).isEqualTo("7");
        assertThat(body.at("/metadata/uid").textValue()).isEqualTo("map-1");
        assertThat(body.at("/data").toString())
                .as("the former entry of its own is removed")
                .isEqualTo("{\"REDIS_PORT\":\"10000\",\"REDIS_URL\":null}");
    }

    @Test
    void whatOthersAddedStaysAndCostsNoWrite() throws InterruptedException {
        cached = Optional.of(new ConfigMapBuilder(PublishedConfigMap.of(PUBLICATION))
                .addToData("PLATFORM_REGION", "westeurope")
                .editMetadata()
                .addToLabels("app.kubernetes.io/managed-by", "platform")
                .endMetadata()
                .build());

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(false));

        assertThat(requests()).isEmpty();
    }

    /** A webhook that changes the object with each write: the first writes are at once, then ever less often. */
    @Test
    void whatIsChangedBackEachTimeIsWrittenLessOften() throws InterruptedException {
        ConfigMap edited = stored(new ConfigMapBuilder(PublishedConfigMap.of(PUBLICATION))
                .addToData("REDIS_PORT", "6380")
                .build());
        cached = Optional.of(edited);
        server.expect().get().withPath(ONE).andReturn(200, edited).always();
        server.expect().patch().withPath(ONE).andReturn(200, edited).always();
        ConfigMapPublisher publisher = publisher();
        for (int write = 0; write < RewriteDelays.AT_ONCE; write++) {
            assertThat(publisher.publish(PUBLICATION)).isEqualTo(Result.ok(true));
        }

        Problem problem = failed(publisher.publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FAILED);
        assertThat(problem.message()).contains("`orders-cache` is changed each time", "in 10 s");
        now = now.plusSeconds(11);
        assertThat(publisher.publish(PUBLICATION)).isEqualTo(Result.ok(true));
        now = now.plusSeconds(11);
        assertThat(failed(publisher.publish(PUBLICATION)).message()).contains("in 9 s");
        assertThat(requests())
                .filteredOn(request -> request.getMethod().equals("PATCH"))
                .hasSize(RewriteDelays.AT_ONCE + 1);
    }

    @Test
    void anImmutableOneOfOursIsReplaced() throws InterruptedException {
        ConfigMap immutable = stored(PublishedConfigMap.of(with(Map.of("REDIS_PORT", "6380"))));
        immutable.setImmutable(true);
        serverHas(immutable);
        server.expect()
                .delete()
                .withPath(ONE)
                .andReturn(200, new StatusBuilder().build())
                .once();
        server.expect()
                .post()
                .withPath(ALL)
                .andReturn(201, PublishedConfigMap.of(PUBLICATION))
                .once();

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Result.ok(true));

        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET", "DELETE", "POST");
        assertThat(requests.get(1).getUtf8Body()).contains("\"resourceVersion\":\"7\"");
    }

    @Test
    void anObjectOfAnotherOwnerIsNotTouched() throws InterruptedException {
        serverHas(foreign());

        Problem problem = failed(publisher().publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(problem.message()).contains("`orders-cache`", "`spec.environment.configMapName`");
        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET");
    }

    @Test
    void anotherBindingsIsNotTouchedEvenIfTheCacheHasIt() throws InterruptedException {
        Publication other = new Publication(new BindingKey("shop", "other"), "uid-2", "orders-cache", Map.of());
        cached = Optional.of(PublishedConfigMap.of(other));

        Problem problem = failed(publisher().publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(Reason.CONFIG_MAP_NOT_OWNED);
        assertThat(problem.message()).contains("RedisAccessBinding `other`");
        assertThat(requests()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        403,
                        "configmaps is forbidden: User \"system:serviceaccount:ops:operator\" cannot create resource"
                                + " \"configmaps\" in API group \"\" in the namespace \"shop\"",
                        Reason.PUBLISH_FORBIDDEN,
                        true),
                Arguments.of(
                        403,
                        "configmaps \"orders-cache\" is forbidden: exceeded quota: few, requested: count/configmaps=1,"
                                + " used: count/configmaps=1, limited: count/configmaps=1",
                        Reason.PUBLISH_FORBIDDEN,
                        false),
                Arguments.of(
                        403,
                        "configmaps \"orders-cache\" is forbidden: ValidatingAdmissionPolicy 'labels' with binding 'labels'"
                                + " denied request: label `team` is required",
                        Reason.PUBLISH_FORBIDDEN,
                        false),
                Arguments.of(
                        403,
                        "admission webhook \"validate.kyverno.svc\" denied the request: no",
                        Reason.PUBLISH_FORBIDDEN,
                        false),
                Arguments.of(422, "data: too long", Reason.PUBLISH_FAILED, false));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void theApiServersSentenceComesFirstAndARuleOnlyWhereRbacRefused(
            int code, String sentence, Reason reason, boolean rule) {
        serverHasNone();
        server.expect()
                .post()
                .withPath(ALL)
                .andReturn(code, failure(code, sentence))
                .once();

        Problem problem = failed(publisher().publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.message())
                .startsWith("Kubernetes answered: " + sentence)
                .contains("ConfigMap `orders-cache` could not be published");
        assertThat(problem.message().contains("resources: [\"configmaps\"]")).isEqualTo(rule);
    }

    @Test
    void onlyOursIsDeleted() throws InterruptedException {
        serverHas(stored(PublishedConfigMap.of(PUBLICATION)));
        server.expect()
                .delete()
                .withPath(ONE)
                .andReturn(200, new StatusBuilder().build())
                .once();
        assertThat(publisher().remove(PUBLICATION, "orders-cache")).isEqualTo(Result.ok(true));
        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("GET", "DELETE");
        assertThat(requests.get(1).getUtf8Body()).contains("\"resourceVersion\":\"7\"");

        serverHas(foreign());
        assertThat(publisher().remove(PUBLICATION, "orders-cache")).isEqualTo(Result.ok(false));
        assertThat(requests()).hasSize(3);
    }

    private final List<RecordedRequest> requests = new ArrayList<>();

    private List<RecordedRequest> requests() throws InterruptedException {
        RecordedRequest next = server.takeRequest(10, TimeUnit.MILLISECONDS);
        while (next != null) {
            requests.add(next);
            next = server.takeRequest(10, TimeUnit.MILLISECONDS);
        }
        return requests;
    }

    private ConfigMapPublisher publisher() {
        return new ConfigMapPublisher(client, (namespace, name) -> cached, clock);
    }

    private void patchReturns(int code, Object body) {
        server.expect().patch().withPath(ONE).andReturn(code, body).once();
    }

    private void serverHas(ConfigMap found) {
        server.expect().get().withPath(ONE).andReturn(200, found).once();
    }

    private void serverHasNone() {
        server.expect()
                .get()
                .withPath(ONE)
                .andReturn(404, failure(404, "not found"))
                .once();
    }

    private static ConfigMap stored(ConfigMap configMap) {
        configMap.getMetadata().setUid("map-1");
        configMap.getMetadata().setResourceVersion("7");
        return configMap;
    }

    private static ConfigMap foreign() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("orders-cache")
                .withNamespace("shop")
                .endMetadata()
                .build();
    }

    private static Publication with(Map<String, String> variables) {
        return new Publication(PUBLICATION.binding(), PUBLICATION.uid(), PUBLICATION.configMapName(), variables);
    }

    private static Problem failed(Result<Boolean> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<Boolean>) result).problem();
        MessageForm.assertKept(problem.message());
        return problem;
    }

    private static Object failure(int code, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withMessage(message)
                .build();
    }
}
