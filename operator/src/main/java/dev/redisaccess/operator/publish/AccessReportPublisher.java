package dev.redisaccess.operator.publish;

import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.ApiGroup;
import dev.redisaccess.operator.api.Reason;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.binding.Problem;
import dev.redisaccess.operator.binding.Result;
import dev.redisaccess.operator.binding.port.AccessReportStore;
import dev.redisaccess.operator.status.KubernetesRefusal;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pages of access reports, by POST, PUT and DELETE. A PUT carries the resource version that was read, so that of two leaders,
 * or of an edit and the operator, one fails: the share of revocations in an hour depends on it.
 */
public final class AccessReportPublisher implements AccessReportStore {

    private static final String RULE =
            "The operator needs `get`, `create`, `update` and `delete` of `redisaccessreports`: upgrade the chart.";

    private final KubernetesClient kubernetes;
    private final Function<String, Optional<RedisAccessReport>> cache;

    /** @param cache of the watch; of its objects only the metadata is read */
    public AccessReportPublisher(KubernetesClient kubernetes, Function<String, Optional<RedisAccessReport>> cache) {
        this.kubernetes = kubernetes;
        this.cache = cache;
    }

    @Override
    public Result<Optional<StoredPage>> read(String name) {
        return call("read", name, () -> Optional.ofNullable(page(name).get()).map(AccessReportPublisher::stored));
    }

    @Override
    public Result<StoredPage> write(String name, AccessReportPage page, String owner, Optional<StoredPage> over) {
        var report = new RedisAccessReport();
        report.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withResourceVersion(over.map(StoredPage::resourceVersion).orElse(null))
                .addToLabels(ApiGroup.MANAGED_BY, ApiGroup.FIELD_MANAGER)
                .addNewOwnerReference()
                .withApiVersion(ApiGroup.NAME + "/" + ApiGroup.VERSION)
                .withKind("RedisDatabase")
                .withName(page.database())
                .withUid(owner)
                .withController(true)
                .withBlockOwnerDeletion(false)
                .endOwnerReference()
                .build());
        report.setReport(page);
        Resource<RedisAccessReport> resource = kubernetes.resource(report);
        return call("written", name, () -> stored(over.isPresent() ? resource.update() : resource.create()));
    }

    @Override
    public Result<Boolean> delete(String name) {
        return call("deleted", name, () -> !page(name).delete().isEmpty());
    }

    @Override
    public Optional<Long> cachedGeneration(String name) {
        return cache.apply(name).map(AccessReportPublisher::generation);
    }

    private Resource<RedisAccessReport> page(String name) {
        return kubernetes.resources(RedisAccessReport.class).withName(name);
    }

    private interface Request<T> {
        T send();
    }

    private static <T> Result<T> call(String done, String name, Request<T> request) {
        try {
            return Result.ok(request.send());
        } catch (KubernetesClientException refused) {
            return Result.failed(Problem.of(
                    Reason.PUBLISH_FAILED,
                    KubernetesRefusal.first(
                            refused, "The access report `" + name + "` could not be " + done + ". ", RULE)));
        }
    }

    private static StoredPage stored(RedisAccessReport report) {
        AccessReportPage page = Optional.ofNullable(report.getReport())
                .orElseGet(() -> new AccessReportPage("", null, null, null, null, List.of(), null));
        return new StoredPage(page, report.getMetadata().getResourceVersion(), generation(report));
    }

    private static long generation(HasMetadata report) {
        return Optional.ofNullable(report.getMetadata().getGeneration()).orElse(0L);
    }
}
