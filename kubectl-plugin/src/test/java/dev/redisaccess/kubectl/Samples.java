package dev.redisaccess.kubectl;

import dev.redisaccess.operator.api.AccessEntry;
import dev.redisaccess.operator.api.AccessReportPage;
import dev.redisaccess.operator.api.AccessRevocation;
import dev.redisaccess.operator.api.AcknowledgementExpiry;
import dev.redisaccess.operator.api.AssignmentKind;
import dev.redisaccess.operator.api.RedisAccessBinding;
import dev.redisaccess.operator.api.RedisAccessReport;
import dev.redisaccess.operator.api.RedisDatabase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Objects as the API server returns them. */
final class Samples {

    static final String RESOURCE = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop"
            + "/providers/Microsoft.Cache/redisEnterprise/orders";

    private Samples() {}

    static String objectId(int number) {
        return "99999999-0000-0000-0000-%012d".formatted(number);
    }

    static RedisDatabase database(String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec: {resourceId: %s, %s}
                status:
                  endpoint: {host: orders.westus2.redis.azure.net, port: 10000}
                  accessKeysAuthentication: Disabled
                """.formatted(name, RESOURCE, spec), RedisDatabase.class);
    }

    /** A binding that is ready as that object; empty text: it was not identified yet. */
    static RedisAccessBinding binding(String namespace, String name, String account, String objectId) {
        String status = objectId.isEmpty()
                ? "{}"
                : "{identity: {clientId: c, objectId: %s, tenantId: t}, assignment: {name: a, origin: Created}}"
                        .formatted(objectId);
        return Serialization.unmarshal("""
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s, namespace: %s, generation: 1}
                spec: {databaseRef: {name: orders-cache}, serviceAccountName: %s}
                status: %s
                """.formatted(name, namespace, account, status), RedisAccessBinding.class);
    }

    static AccessEntry entry(AssignmentKind kind, int number) {
        boolean used = kind == AssignmentKind.BOUND || kind == AssignmentKind.ADOPTED;
        boolean acknowledged = kind == AssignmentKind.ACKNOWLEDGED;
        return new AccessEntry(
                objectId(number),
                used && kind == AssignmentKind.BOUND ? "99999999k8s" + number : "terraform" + number,
                number % 4 == 0 ? "+@read ~orders:*" : "full",
                kind,
                used ? List.of("shop/orders-" + number) : null,
                null,
                used ? List.of("shop/orders") : null,
                acknowledged ? "nightly <export> job, \"CI\"" : null,
                acknowledged ? "data-team" : null,
                acknowledged ? "2027-03-31" : null,
                acknowledged && number % 2 == 0 ? AcknowledgementExpiry.SOON : null,
                "2026-01-01T00:00:00Z",
                number % 2 == 0 ? "2026-01-01T00:00:00Z" : "2026-05-01T10:00:00Z");
    }

    static RedisAccessReport page(
            String database, String installation, int page, int pages, List<AccessEntry> entries) {
        var report = new RedisAccessReport();
        report.setMetadata(new ObjectMetaBuilder()
                .withName(database + "." + installation + "." + page)
                .build());
        report.setReport(new AccessReportPage(
                database,
                installation,
                page,
                pages,
                null,
                entries,
                page > 1
                        ? null
                        : List.of(new AccessRevocation(
                                objectId(7),
                                "by-hand",
                                AssignmentKind.UNMANAGED,
                                "2026-10-01T00:00:00Z",
                                "2026-10-08T00:00:00Z"))));
        return report;
    }

    /** Pages with so many entries of all kinds. */
    static List<RedisAccessReport> pages(int count) {
        List<AccessEntry> all = new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> entry(AssignmentKind.values()[i % 10 < 7 ? 0 : (i % 10) - 5 > 4 ? 4 : i % 10 - 5], i))
                .toList());
        List<RedisAccessReport> pages = new ArrayList<>();
        int number = Math.max(1, (count + 249) / 250);
        for (int page = 0; page < number; page++) {
            pages.add(page(
                    "orders-cache",
                    "0123456789abcdef",
                    page + 1,
                    number,
                    List.copyOf(all.subList(page * 250, Math.min(count, page * 250 + 250)))));
        }
        return pages;
    }
}
