package dev.redisaccess.operator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.binding.BindingKey;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.port.Answer;
import dev.redisaccess.operator.binding.port.EnvironmentPublisher.Publication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which calls are made, and how each answer is taken. What the API server makes of them: PublishedConfigMapTest. */
@EnableKubernetesMockClient
class ConfigMapPublisherTest {

    private static final String ONE = "/api/v1/namespaces/shop/configmaps/orders-cache";
    private static final String APPLY = ONE + "?fieldManager=redis-access-operator&force=true";
    private static final Publication PUBLICATION = new Publication(
            new BindingKey("shop", "orders-cache"), "uid-1", "orders-cache", Map.of("REDIS_PORT", "10000"));

    KubernetesMockServer server;
    KubernetesClient client;

    private Optional<ConfigMap> cached = Optional.empty();

    @Test
    void whatIsUpToDateInTheCacheCostsNoCall() throws InterruptedException {
        cached = Optional.of(PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(false));

        assertThat(requests()).isEmpty();
    }

    /** As the cache keeps it: without content, where the annotation tells it. */
    @Test
    void theAnnotationStandsForContentThatTheCacheDoesNotKeep() throws InterruptedException {
        cached = Optional.of(withoutContent(PublishedConfigMap.of(PUBLICATION)));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(false));

        assertThat(requests()).isEmpty();
    }

    @Test
    void anotherAnnotationIsAnotherContent() throws InterruptedException {
        cached = Optional.of(withoutContent(PublishedConfigMap.of(with(Map.of("REDIS_PORT", "6380")))));
        applyAnswers(200, PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(true));
    }

    private static ConfigMap withoutContent(ConfigMap configMap) {
        configMap.setData(null);
        return configMap;
    }

    @Test
    void whatIsNotThereIsApplied() throws Exception {
        server.expect()
                .get()
                .withPath(ONE)
                .andReturn(404, failure(404, "not found"))
                .once();
        applyAnswers(201, PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(true));

        RecordedRequest apply = requests().get(1);
        assertThat(apply.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
        JsonNode body = new ObjectMapper().readTree(apply.getUtf8Body());
        assertThat(body.at("/data/REDIS_PORT").textValue()).isEqualTo("10000");
        assertThat(body.at("/metadata/labels").toString())
                .isEqualTo("{\"app.kubernetes.io/managed-by\":\"redis-access-operator\"}");
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
    void aChangeOfContentIsAppliedWithoutReading() throws InterruptedException {
        Publication former = with(Map.of("REDIS_PORT", "6380"));
        cached = Optional.of(PublishedConfigMap.of(former));
        applyAnswers(200, PublishedConfigMap.of(PUBLICATION));

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(true));

        assertThat(requests()).hasSize(1);
    }

    @Test
    void whatSomebodyElseAddedIsTakenOut() throws InterruptedException {
        ConfigMap mixed = new ConfigMapBuilder(PublishedConfigMap.of(PUBLICATION))
                .addToData("REDIS_PASSWORD", "by hand")
                .build();
        cached = Optional.of(mixed);
        applyAnswers(200, mixed);
        server.expect().get().withPath(ONE).andReturn(200, mixed).always();
        server.expect()
                .patch()
                .withPath(ONE)
                .andReturn(200, PublishedConfigMap.of(PUBLICATION))
                .once();

        assertThat(publisher().publish(PUBLICATION)).isEqualTo(Answer.ok(true));

        RecordedRequest last = requests().get(requests.size() - 1);
        assertThat(last.getHeader("Content-Type")).startsWith("application/merge-patch+json");
        assertThat(last.getUtf8Body()).isEqualTo("{\"data\":{\"REDIS_PASSWORD\":null}}");
    }

    @Test
    void whatBelongsToSomebodyElseIsNotTouched() throws InterruptedException {
        ConfigMap foreign = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("orders-cache")
                .withNamespace("shop")
                .endMetadata()
                .build();
        server.expect().get().withPath(ONE).andReturn(200, foreign).once();

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

    @Test
    void aForbiddenApplyNamesTheMissingRule() {
        server.expect()
                .get()
                .withPath(ONE)
                .andReturn(404, failure(404, "not found"))
                .once();
        applyAnswers(403, failure(403, "cannot patch"));

        Problem problem = failed(publisher().publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FORBIDDEN);
        assertThat(problem.message()).contains("namespace `shop`", "resources: [\"configmaps\"]", "cannot patch");
    }

    @Test
    void anotherFailureIsToldInKubernetesWords() {
        server.expect()
                .get()
                .withPath(ONE)
                .andReturn(404, failure(404, "not found"))
                .once();
        applyAnswers(422, failure(422, "too long"));

        Problem problem = failed(publisher().publish(PUBLICATION));

        assertThat(problem.reason()).isEqualTo(Reason.PUBLISH_FAILED);
        assertThat(problem.message()).contains("too long");
    }

    @Test
    void onlyOursIsWithdrawn() throws InterruptedException {
        cached = Optional.of(PublishedConfigMap.of(PUBLICATION));
        server.expect()
                .delete()
                .withPath(ONE)
                .andReturn(200, new StatusBuilder().build())
                .once();
        assertThat(publisher().withdraw(PUBLICATION, "orders-cache")).isEqualTo(Answer.ok(true));
        assertThat(requests()).extracting(RecordedRequest::getMethod).containsExactly("DELETE");

        cached = Optional.of(
                new ConfigMapBuilder().withNewMetadata().endMetadata().build());
        assertThat(publisher().withdraw(PUBLICATION, "orders-cache")).isEqualTo(Answer.ok(false));
        assertThat(requests()).hasSize(1);
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
        return new ConfigMapPublisher(client, (namespace, name) -> cached);
    }

    private void applyAnswers(int code, Object body) {
        server.expect().patch().withPath(APPLY).andReturn(code, body).once();
    }

    private static Publication with(Map<String, String> variables) {
        return new Publication(PUBLICATION.binding(), PUBLICATION.uid(), PUBLICATION.configMapName(), variables);
    }

    private static Problem failed(Answer<Boolean> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<Boolean>) answer).problem();
    }

    private static Object failure(int code, String message) {
        return new StatusBuilder()
                .withStatus("Failure")
                .withCode(code)
                .withMessage(message)
                .build();
    }
}
