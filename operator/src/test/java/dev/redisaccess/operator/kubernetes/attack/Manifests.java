package dev.redisaccess.operator.kubernetes.attack;

import dev.redisaccess.operator.kubernetes.ApiServer;

/** Manifests of attackers. */
final class Manifests {

    private Manifests() {}

    static String binding(String name) {
        return """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisAccessBinding
                metadata: {name: %s}
                spec: {databaseRef: {name: orders-cache}, serviceAccountName: orders}
                """.formatted(name);
    }

    static String database(String name) {
        return """
                apiVersion: redisaccess.dev/v1alpha1
                kind: RedisDatabase
                metadata: {name: %s}
                spec:
                  resourceId: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Cache/redisEnterprise/orders
                """.formatted(name);
    }

    /** A ConfigMap with the operator's label. */
    static String configMap(String name, String label) {
        return labelled("ConfigMap", name, label);
    }

    /** A ConfigMap, or a Secret of the type that the operator writes, with the operator's label. */
    static String labelled(String kind, String name, String label) {
        return of(kind, "{name: %s, labels: {redisaccess.dev/binding: \"%s\"}}".formatted(name, label));
    }

    /** Without any label. */
    static String plain(String kind, String name) {
        return of(kind, "{name: %s}".formatted(name));
    }

    /** With label and controller, as the operator writes it for a binding that exists. */
    static String published(String kind, String name, ApiServer api, String namespace, String binding) {
        return controlled(kind, name, uid(api, namespace, binding), owner(api, namespace, binding));
    }

    /** With any label and any owner reference. */
    static String controlled(String kind, String name, String label, String owner) {
        return of(
                kind,
                "{name: %s, labels: {redisaccess.dev/binding: \"%s\"}, ownerReferences: [%s]}"
                        .formatted(name, label, owner));
    }

    /** The owner reference of a binding, as its controller. */
    static String owner(ApiServer api, String namespace, String binding) {
        return "{apiVersion: redisaccess.dev/v1alpha1, kind: RedisAccessBinding, name: %s, uid: %s, controller: true,"
                        .formatted(binding, uid(api, namespace, binding))
                + " blockOwnerDeletion: false}";
    }

    static String uid(ApiServer api, String namespace, String binding) {
        return api.kubectl().run("get", "rab", binding, "-n", namespace, "-o", "jsonpath={.metadata.uid}");
    }

    private static String of(String kind, String metadata) {
        String type = kind.equals("Secret") ? "type: servicebinding.io/redis\n" : "";
        return "apiVersion: v1\nkind: %s\nmetadata: %s\n%s".formatted(kind, metadata, type);
    }
}
