package dev.redisaccess.quickstart;

/** A ServiceAccount by namespace and name. */
record ServiceAccountName(String namespace, String name) {
    /** As a token names it, and a federated credential expects it. */
    String subject() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }
}
